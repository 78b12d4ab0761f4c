/*
 * A first contact's questions, and skip.
 */
#include "bot/coach/contact.h"

#include <stdio.h>
#include <string.h>

#include "bot/chat/fact.h"
#include "bot/chat/phrase.h"
#include "bot/coach/commands.h"
#include "bot/coach/setting_words.h"
#include "bot/coach/typed.h"
#include "core/base/ascii.h"
#include "core/notation/scan.h"

enum { OPTIONS = 3, ANSWER_WORDS = 12 };

/* Each is a setting's: what a number means is what could be typed behind its name. */
static const struct contact_question {
    enum setting_id setting;
    enum text_key asks;
    int option_count;
    int otherwise; /* the default; of units it is the configuration's */
    struct {
        enum text_key text;
        const char *typed;
    } options[OPTIONS];
} contact_questions[] = {
    /* What somebody has at least: experience opens the way to failure (R18). */
    {SETTING_EXPERIENCE,
     TEXT_CONTACT_EXPERIENCE,
     3,
     1,
     {{TEXT_CONTACT_UNDER_ONE, "6 months"},
      {TEXT_CONTACT_ONE_TO_THREE, "1 year"},
      {TEXT_CONTACT_OVER_THREE, "3 years"}}},
    {SETTING_GOAL,
     TEXT_CONTACT_GOAL,
     3,
     0,
     {{TEXT_CONTACT_MUSCLE, "muscle"}, {TEXT_CONTACT_STRENGTH, "strength"}, {TEXT_CONTACT_FITNESS, "fitness"}}},
    {SETTING_UNITS, TEXT_CONTACT_UNITS, 2, 0, {{TEXT_CONTACT_KG, "kg"}, {TEXT_CONTACT_LB, "lb"}}},
};

static const char *name_of(const struct contact_question *question)
{
    return setting_table[question->setting].command.name;
}

/* The question about the setting NAME; NULL. */
static const struct contact_question *find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(contact_questions); i++) {
        if (strcmp(name_of(&contact_questions[i]), name) == 0)
            return &contact_questions[i];
    }
    return NULL;
}

bool contact_asks(const char *name)
{
    return find(name) != NULL;
}

/* The question that PENDING is; others don't wait. */
static const struct contact_question *question_of(const struct pending *pending)
{
    const struct contact_question *question = find(pending->unknown);

    BUG_IF(question == NULL);
    return question;
}

static int default_of(const struct turn *turn, const struct contact_question *question)
{
    return question->setting == SETTING_UNITS ? turn->coach->options.unit == UNIT_LB : question->otherwise;
}

static struct span without_stops(struct span text)
{
    while (text.length != 0 && strchr(",.;!", text.at[text.length - 1]) != NULL)
        text.length--;
    return text;
}

/* ---------------------------------------------------------------- asking */

static void print_option(const struct turn *turn, const struct contact_question *question, int option, struct buf *out)
{
    const char *text = texts_get(turn->texts, question->options[option].text);

    if (option == default_of(turn, question))
        reply_phrase(turn->texts, TEXT_CONTACT_DEFAULT, REPLY_ARGS(ARG("option", text)), out);
    else
        buf_adds(out, text);
}

static int ask(struct turn *turn, const struct contact_question *question, const char *event, struct err *err)
{
    struct buf line = BUF_INIT(256);
    struct pending pending;
    char number[16];
    int result;

    reply_tell(&turn->reply, turn->texts, question->asks);
    for (int i = 0; i < question->option_count; i++) {
        buf_clear(&line);
        print_option(turn, question, i, &line);
        snprintf(number, sizeof(number), "%d ", i + 1);
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_STRONG, number);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    }
    pending_init(&pending, event, turn->input, turn->message->sent_ms, span_of(""));
    snprintf(pending.unknown, sizeof(pending.unknown), "%s", name_of(question));
    result = question_wait(turn, &pending, WAITING_CONTACT, err);
    pending_release(&pending);
    buf_release(&line);
    return result;
}

/* What the lifter or the configuration has said already isn't asked. */
static bool is_open(const struct turn *turn, const struct contact_question *question)
{
    if (question->setting == SETTING_UNITS && turn->coach->options.unit_given)
        return false;
    return setting_value(turn->lifter, question->setting, NULL) == NULL;
}

/* The first open question from FIRST on; NULL. */
static const struct contact_question *next_open(const struct turn *turn, const struct contact_question *first)
{
    for (; first < contact_questions + ARRAY_LENGTH(contact_questions); first++) {
        if (is_open(turn, first))
            return first;
    }
    return NULL;
}

static int ask_next(struct turn *turn, const struct contact_question *after, struct err *err)
{
    const struct contact_question *next;

    if (lifter_load_settings(turn->lifter, turn->store, err) < 0)
        return -1;
    next = next_open(turn, after + 1);
    return next != NULL ? ask(turn, next, turn->message->id, err) : 0;
}

static int ask_first(struct turn *turn, const struct contact_question *first, struct err *err)
{
    struct message message = *turn->message;
    struct turn asks;
    char name[PENDING_ID_SIZE];
    int result = turn_open(&asks, turn->coach, &message, turn->lifter->id, turn->input, err);

    message.thread = NULL;
    snprintf(name, sizeof(name), "?%s", message.id);
    asks.name = name;
    if (result == 0) {
        reply_tell(&asks.reply, asks.texts, TEXT_CONTACT_INTRO);
        if (asks.texts != turn->coach->texts && turn->command != &setting_table[SETTING_LANGUAGE].command)
            reply_say(&asks.reply, asks.texts, TEXT_CONTACT_LANGUAGE, ARG("other", turn->coach->options.language));
        result = ask(&asks, first, name, err);
    }
    if (result == 0)
        result = turn_say(&asks, err);
    turn_close(&asks);
    return result;
}

void contact_print_default(const struct turn *turn, enum setting_id setting, struct buf *out)
{
    const struct contact_question *question = find(setting_table[setting].command.name);

    if (question != NULL)
        print_option(turn, question, default_of(turn, question), out);
}

/* ---------------------------------------------------------------- the language */

/* Folded, umlauts in both spellings; none is a word of English, or of exercises in it. */
static const char german_words[] =
    "hallo,moin,servus,guten,gruss,hilfe,ich,und,mit,seit,heute,gestern,wiederholungen,wdh,satz,satze,saetze,mal,"
    "nicht,noch,wie,auf,der,habe,hab,nur,jetzt,bitte,danke,stange,hantel,hanteln,"
    "bankdrucken,bankdruecken,kniebeuge,kniebeugen,kreuzheben,klimmzug,klimmzuge,klimmzuege,schulterdrucken,"
    "schulterdruecken,rudern,beinpresse,beinstrecker,beinbeuger,liegestutze,liegestuetze,seitheben,latzug";

static bool is_german(struct span text)
{
    struct buf folded = BUF_INIT(SETTING_VALUE_MAX);
    struct span rest;
    bool german = false;

    if (typed_fold(text, &folded) == 0) {
        rest = buf_span(&folded);
        while (!german && rest.length != 0)
            german = typed_is(without_stops(typed_word(&rest)), german_words);
    }
    buf_release(&folded);
    return german;
}

int contact_meet(struct turn *turn, struct err *err)
{
    const struct message *message = turn->message;

    if (!message->direct || turn->lifter->contacted || texts_language(turn->texts) == LANGUAGE_GERMAN ||
        setting_value(turn->lifter, SETTING_LANGUAGE, NULL) != NULL || !is_german(span_of(message->text)))
        return 0;
    return setting_assume(turn, SETTING_LANGUAGE, "de", err);
}

/* ---------------------------------------------------------------- beginning */

/* Whether another question of ours waits in this room: 1, 0, -1. */
static int is_asked(struct turn *turn, struct err *err)
{
    struct questions questions;
    int result = questions_load(turn, &questions, err);

    if (result == 0)
        result = questions.at.count != 0;
    questions_release(&questions);
    return result;
}

int contact_begin(struct turn *turn, struct err *err)
{
    const struct message *message = turn->message;
    const struct contact_question *first;
    int waits;

    if (!message->direct || message->kind != MESSAGE_TEXT || turn->kind != OUT_REPLY || turn->edits != NULL ||
        turn->reply.lines.count == 0 || turn->gone || turn->command == &forget_me_command ||
        turn->command == &forget_everything_command)
        return 0;
    if (lifter_load_settings(turn->lifter, turn->store, err) < 0)
        return -1;
    if (turn->lifter->contacted)
        return 0;
    waits = is_asked(turn, err);
    if (waits != 0)
        return waits < 0 ? -1 : 0;
    if (turn->store->value_put(turn->store->self, turn->lifter->id, LIFTER_CONTACTED, "begun", err) < 0)
        return -1;
    turn->lifter->contacted = true;
    first = next_open(turn, contact_questions);
    return first != NULL ? ask_first(turn, first, err) : 0;
}

/* ---------------------------------------------------------------- answers */

int contact_option_count(const struct pending *pending)
{
    return question_of(pending)->option_count;
}

/* TEXT, in English words, as what is typed behind the setting's name. */
static bool fits_whole(struct setting_typed *typed, const struct setting *setting, struct span text, struct buf *value)
{
    buf_clear(value);
    typed->text = text;
    return setting->read(typed, value);
}

/* What stands behind "67 years" says that it is how old somebody is. */
static bool is_age(struct span behind)
{
    return typed_is(without_stops(typed_word(&behind)), "alt,jung,old,young");
}

/* "15m" of "sled 80kg 15m": how far, and not how many months. */
static bool is_distance(struct span word, struct span text)
{
    return word.length > 1 && word.at[word.length - 1] == 'm' && ascii_is_digit(word.at[word.length - 2]) &&
           scan_count_numbers(text) > 1;
}

/* The first of TEXT's words that answers, alone or with the next; begun by a digit where it must be NUMBERED. */
static bool fits_words(struct setting_typed *typed, const struct setting *setting, struct span text, bool numbered,
                       struct buf *value)
{
    const struct span whole = text;

    for (int words = 0; text.length != 0 && words < ANSWER_WORDS; words++) {
        struct span behind = text, word = typed_word(&behind), end = behind, second = typed_word(&end);
        struct span both = {word.at, (size_t)(second.at + second.length - word.at)};

        if ((!numbered || ascii_is_digit(text.at[0])) && !is_age(end) && !is_distance(word, whole) &&
            (fits_whole(typed, setting, without_stops(both), value) ||
             fits_whole(typed, setting, without_stops(word), value)))
            return true;
        text = behind;
    }
    return false;
}

/* "my new hip, it's 14 months now": how long something of the body is so, and not since when somebody trains. */
static bool names_place(struct span text)
{
    while (text.length != 0)
        if (phrase_is_place(without_stops(typed_word(&text))))
            return true;
    return false;
}

/* "2 years in", "strength mostly": one or two words of a short sentence say it; "beginner, 3 months in" says how long.
 */
static bool fits_somewhere(struct setting_typed *typed, const struct setting *setting, struct span text,
                           struct buf *value)
{
    return fits_words(typed, setting, text, true, value) || fits_words(typed, setting, text, false, value);
}

/* "am i getting stronger": it asks, and answers nothing. */
static bool asks(struct span folded)
{
    return (folded.length != 0 && folded.at[folded.length - 1] == '?') ||
           typed_skip(&folded, "am,can,could,do,does,how,is,should,what,when,which,why,"
                               "kann,soll,wann,warum,was,welche,welches,werde,wie,wieso");
}

/* "bout 2 and a half years": a sentence of TEXT's own says it. */
static bool fits_told(const struct turn *turn, struct setting_typed *typed, const struct setting *setting,
                      struct span text, struct buf *value)
{
    char said[PHRASE_SIZE];
    struct span arguments;
    const struct command *told =
        fact_find(&turn->coach->commands, text, turn_reading_options(turn).own, FACT_ASKED, said, &arguments);

    return told == &setting->command && fits_whole(typed, setting, arguments, value);
}

/* What TEXT says of QUESTION, as what is typed behind the setting's name. */
static bool fits(const struct turn *turn, const struct contact_question *question, struct span text, struct buf *value)
{
    const struct setting *setting = &setting_table[question->setting];
    struct buf folded = BUF_INIT(SETTING_VALUE_MAX), words = BUF_INIT(2 * SETTING_VALUE_MAX);
    struct setting_typed typed = {
        .raw = text, .old = "", .unit = setting_unit(turn->lifter, turn->coach->options.unit)};
    bool result = typed_fold(text, &folded) == 0;

    setting_words_read(buf_span(&folded), &words);
    result = result && (fits_whole(&typed, setting, buf_span(&words), value) ||
                        (turn->coach->reading.kind == READING_TALK && !asks(buf_span(&folded)) &&
                         !(question->setting == SETTING_EXPERIENCE && names_place(buf_span(&folded))) &&
                         (fits_somewhere(&typed, setting, buf_span(&words), value) ||
                          (question->setting == SETTING_EXPERIENCE && fits_told(turn, &typed, setting, text, value)))));
    buf_release(&folded);
    buf_release(&words);
    return result;
}

bool contact_fits(const struct turn *turn, struct pending *pending, struct span text)
{
    struct buf value = BUF_INIT(SETTING_VALUE_MAX);
    bool result = fits(turn, question_of(pending), text, &value);

    if (result)
        pending_set_text(pending, buf_span(&value));
    buf_release(&value);
    return result;
}

static int set(struct turn *turn, const struct contact_question *question, struct span typed, struct err *err)
{
    turn->command = &setting_table[question->setting].command;
    return setting_run(turn, typed, err) < 0 ? -1 : lifter_load_settings(turn->lifter, turn->store, err);
}

/* "2 years, want to get bigger" answers what would be asked next, too. *LAST: the last question that is answered. */
static int answer_more(struct turn *turn, const struct contact_question **last, struct err *err)
{
    const struct contact_question *next;
    struct buf value = BUF_INIT(SETTING_VALUE_MAX);
    int result = 0;

    while (result == 0 && (next = next_open(turn, *last + 1)) != NULL &&
           fits(turn, next, span_of(turn->message->text), &value)) {
        result = set(turn, next, buf_span(&value), err);
        *last = next;
    }
    buf_release(&value);
    return result;
}

int contact_answer(struct turn *turn, const struct pending *pending, struct err *err)
{
    const struct contact_question *question = question_of(pending);
    bool by_number = pending->option >= 0;

    if (set(turn, question, span_of(by_number ? question->options[pending->option].typed : pending->text), err) < 0 ||
        (!by_number && answer_more(turn, &question, err) < 0))
        return -1;
    return ask_next(turn, question, err);
}

/* Whether TEXT wants no more questions, where "skip" and "no" are about one. */
static bool ends_all(struct span text)
{
    struct buf folded = BUF_INIT(SETTING_VALUE_MAX);
    bool ends = typed_fold(text, &folded) == 0 &&
                typed_is(without_stops(buf_span(&folded)),
                         "cancel,never mind,nevermind,abbruch,abbrechen,doch nicht,vergiss es");

    buf_release(&folded);
    return ends;
}

int contact_skip(struct turn *turn, const struct pending *pending, struct err *err)
{
    const struct contact_question *question = question_of(pending);
    struct buf option = BUF_INIT(256);

    if (ends_all(span_of(turn->heard != NULL ? turn->heard->text : ""))) {
        reply_tell(&turn->reply, turn->texts, TEXT_CONTACT_ENDED);
        return 0;
    }
    print_option(turn, question, default_of(turn, question), &option);
    setting_say(turn, setting_table[question->setting].title, buf_text(&option));
    buf_release(&option);
    return ask_next(turn, question, err);
}

int contact_told(struct turn *turn, enum setting_id setting, struct err *err)
{
    const struct contact_question *question = NULL;
    struct questions questions;
    int result = questions_load(turn, &questions, err);

    for (size_t i = questions.at.count; result == 0 && i-- > 0;) {
        struct pending *pending = &questions.at.at[i];

        if (pending->waiting != WAITING_CONTACT || question_of(pending)->setting != setting)
            continue;
        question = question_of(pending);
        pending_release(pending);
        vec_remove(&questions.at, i);
    }
    if (result == 0 && question != NULL)
        result = questions_store(turn, &questions, err);
    questions_release(&questions);
    return result == 0 && question != NULL ? ask_next(turn, question, err) : result;
}
