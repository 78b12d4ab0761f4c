/*
 * The answer to a check-in, read word by word. What isn't understood as a whole is no answer: it may be a set.
 */
#include "bot/coach/checkin_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/place.h"
#include "bot/coach/setting_words.h"
#include "bot/coach/typed.h"
#include "core/base/mem.h"

enum { TEXT_MAX = 256, HOURS_MAX = 24 };

/* Folded, between commas; both languages are read in each. */
static const char *const item_words[CHECKIN_ITEMS] = {
    [CHECKIN_FATIGUE] =
        "fatigue,tired,tiredness,energy,fresh,freshness,frische,frisch,energie,mudigkeit,muedigkeit,mude,muede",
    [CHECKIN_SLEEP] = "sleep,schlaf,schlafqualitat",
    [CHECKIN_SORENESS] = "soreness,sore,muscles,doms,muskelkater,muskeln",
    [CHECKIN_STRESS] = "stress,stressed,calm,ruhe,gestresst",
    [CHECKIN_MOOD] = "mood,stimmung,laune"};
static const char filler_words[] =
    "and,und,is,ist,was,war,quality,qualitat,a,my,this,it,so,very,pretty,quite,bit,good,great,ok,okay,bad,badly,hard,"
    "tough,rough,week,all,eine,meine,diese,es,sehr,ganz,etwas,gut,gute,schlecht,schlechte,hart,harte,woche,alles";
static const char no_words[] = "no,none,kein,keine,keinen,nichts";
static const char hour_words[] = "h,hr,hrs,hour,hours,std,stunde,stunden";

unsigned checkin_answered(const struct coach_checkin *checkin)
{
    unsigned items = 0;

    for (int item = 0; item < CHECKIN_ITEMS; item++)
        items |= isnan(checkin->score[item]) ? 0 : 1U << item;
    return items;
}

void checkin_clear(struct coach_checkin *checkin)
{
    *checkin = (struct coach_checkin){.slept_h = NAN, .dread = -1, .deficit = -1};
    for (int item = 0; item < CHECKIN_ITEMS; item++)
        checkin->score[item] = NAN;
}

void checkin_merge(struct coach_checkin *checkin, const struct coach_checkin *later)
{
    for (int item = 0; item < CHECKIN_ITEMS; item++)
        if (!isnan(later->score[item]))
            checkin->score[item] = later->score[item];
    if (!isnan(later->slept_h))
        checkin->slept_h = later->slept_h;
    if (later->dread >= 0)
        checkin->dread = later->dread;
    if (later->deficit >= 0)
        checkin->deficit = later->deficit;
    if (later->pain[0] != '\0')
        memcpy(checkin->pain, later->pain, sizeof(checkin->pain));
    if (!later->declined)
        checkin->at_ms = later->at_ms;
    checkin->declined |= later->declined;
}

/* ---------------------------------------------------------------- words */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether the comma at AT is a decimal one: "6,5h", "6,5 std". */
static bool is_decimal(const struct buf *text, size_t at)
{
    size_t end = at + 1;
    struct span unit;

    if (at == 0 || !is_digit(text->data[at - 1]))
        return false;
    while (end < text->length && is_digit(text->data[end]))
        end++;
    if (end == at + 1)
        return false;
    end += end < text->length && text->data[end] == ' ';
    unit = (struct span){text->data + end, text->length - end};
    return span_starts(unit, "h") || span_starts(unit, "std") || span_starts(unit, "stunden");
}

/* TYPED folded, with what only parts words taken out. */
static bool prepare(struct span typed, struct buf *out)
{
    struct buf folded = BUF_INIT(TEXT_MAX);
    bool fits = typed_fold(typed, &folded) == 0;

    for (size_t i = 0; fits && i < folded.length; i++)
        if (strchr(",;:=/&!\n", folded.data[i]) != NULL || (folded.data[i] == '.' && i + 1 == folded.length))
            folded.data[i] = folded.data[i] == ',' && is_decimal(&folded, i) ? '.' : ' ';
    fits = fits && typed_fold(buf_span(&folded), out) == 0;
    buf_release(&folded);
    return fits;
}

/* One digit from LOW to HIGH as a word of its own. */
static bool take_digit(struct span *text, char low, char high, int *digit)
{
    struct span rest = *text, word = typed_word(&rest);

    if (word.length != 1 || word.at[0] < low || word.at[0] > high)
        return false;
    *digit = word.at[0] - '0';
    *text = rest;
    return true;
}

/* "4 3 4 5 4", "43454". */
static void take_numbers(struct span *text, struct checkin_said *said)
{
    struct span rest = *text, word = typed_word(&rest);

    while (said->count < CHECKIN_ITEMS && take_digit(text, '1', '5', &said->numbers[said->count]))
        said->count++;
    if (said->count != 0 || word.length != CHECKIN_ITEMS)
        return;
    for (size_t i = 0; i < word.length; i++) {
        if (word.at[i] < '1' || word.at[i] > '5')
            return;
        said->numbers[i] = word.at[i] - '0';
    }
    said->count = CHECKIN_ITEMS;
    *text = rest;
}

/* "6.5h", "7 hours"; BARE: "7" too. */
static bool take_hours(struct span *text, bool bare, double *hours)
{
    struct span rest = *text;

    if (!typed_number(&rest, hours) || *hours > HOURS_MAX || (!typed_skip(&rest, hour_words) && !bare))
        return false;
    if (rest.length != 0 && rest.at[-1] != ' ') /* "7x8" */
        return false;
    *text = rest;
    return true;
}

/* ---------------------------------------------------------------- what is said */

static bool take_item(struct span *text, struct coach_checkin *checkin)
{
    for (int item = 0; item < CHECKIN_ITEMS; item++) {
        struct span rest = *text;
        int score;

        if (!typed_skip(&rest, item_words[item]))
            continue;
        while (typed_skip(&rest, filler_words))
            ;
        if (!take_digit(&rest, '1', '5', &score))
            return false;
        *text = rest;
        checkin->score[item] = score;
        return true;
    }
    return false;
}

static bool take_slept(struct span *text, struct coach_checkin *checkin)
{
    struct span rest = *text;
    bool said = typed_skip(&rest, "slept,geschlafen");
    double hours;

    if (!said)
        typed_skip(&rest, "sleep,schlaf");
    if (!take_hours(&rest, said, &hours))
        return false;
    checkin->slept_h = hours;
    typed_skip(&rest, "sleep,schlaf,geschlafen");
    *text = rest;
    return true;
}

/* "dread", "no dread", "deficit off". */
static bool take_flag(struct span *text, const char *words, int *flag)
{
    struct span rest = *text;
    bool no = typed_skip(&rest, no_words);

    if (!typed_skip(&rest, words))
        return false;
    no = typed_skip(&rest, "off,aus") || no;
    typed_skip(&rest, "on,an");
    *flag = !no;
    *text = rest;
    return true;
}

/* Takes "left knee", "unterer Rücken" off TEXT: the longest of up to three words that is a place, in English. */
static bool take_place(struct span *text, struct buf *place)
{
    struct span rest = *text, after[3];
    size_t upto[3];
    int count = 0;

    while (count < 3 && rest.length != 0) {
        buf_adds(place, count != 0 ? " " : "");
        setting_words_read(typed_word(&rest), place);
        upto[count] = place->length;
        after[count++] = rest;
    }
    while (count-- > 0) {
        buf_truncate(place, upto[count]);
        if (!place_known(buf_span(place)))
            continue;
        *text = after[count];
        return true;
    }
    return false;
}

static bool add_pain(struct coach_checkin *checkin, const char *entry)
{
    size_t length = strlen(checkin->pain);
    int wanted =
        snprintf(checkin->pain + length, sizeof(checkin->pain) - length, "%s%s", length != 0 ? ", " : "", entry);

    return wanted >= 0 && (size_t)wanted < sizeof(checkin->pain) - length;
}

/* "no pain", "pain 0", "knee 2", "pain in left knee", "knee pain 2": where no level is said, 1. */
static bool take_pain(struct span *text, struct coach_checkin *checkin)
{
    static const char words[] = "pain,pains,ache,aches,schmerz,schmerzen,hurts";
    struct buf place = BUF_INIT(2 * TEXT_MAX);
    struct span rest = *text;
    bool no = typed_skip(&rest, no_words), said = typed_skip(&rest, words), found = false;
    int level = 1;

    if (said && (no || typed_skip(&rest, "none,0,keine,nichts"))) {
        found = add_pain(checkin, "none");
    } else if (!no) {
        if (said)
            typed_skip(&rest, "in,im,der,the,at");
        found = take_place(&rest, &place);
        said = said || typed_skip(&rest, words);
        /* A muscle's name alone says nothing. */
        found = found && (take_digit(&rest, '0', '3', &level) || said) && buf_addf(&place, " %d", level) == 0 &&
                add_pain(checkin, buf_text(&place));
    }
    if (found)
        *text = rest;
    buf_release(&place);
    return found;
}

static bool take_words(struct span *text, struct coach_checkin *checkin)
{
    if (typed_skip(text, filler_words))
        return true;
    return take_slept(text, checkin) || take_item(text, checkin) ||
           take_flag(text, "dread,dreading,unlust,lustlos", &checkin->dread) ||
           take_flag(text, "deficit,defizit", &checkin->deficit) || take_pain(text, checkin);
}

bool checkin_read(struct span text, struct checkin_said *said)
{
    struct buf words = BUF_INIT(TEXT_MAX);
    struct span rest;
    bool good;

    said->count = 0;
    checkin_clear(&said->words);
    good = text.length != 0 && text.length <= TEXT_MAX && prepare(text, &words) && words.length != 0;
    rest = buf_span(&words);
    while (good && typed_skip(&rest, filler_words))
        ;
    if (good)
        take_numbers(&rest, said);
    while (good && rest.length != 0)
        good = take_words(&rest, &said->words);
    buf_release(&words);
    return good;
}

bool checkin_take(const struct checkin_said *said, unsigned missing, struct coach_checkin *checkin)
{
    int next = 0;

    *checkin = said->words;
    for (int item = 0; item < CHECKIN_ITEMS && said->count != 0; item++) {
        if ((missing & 1U << item) == 0)
            continue;
        if (next == said->count)
            return false;
        checkin->score[item] = said->numbers[next++];
    }
    return next == said->count;
}
