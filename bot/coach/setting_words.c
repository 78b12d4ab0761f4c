/*
 * The words of settings in German. Each that is shown is read again.
 */
#include "bot/coach/setting_words.h"

#include <string.h>

#include "bot/coach/typed.h"
#include "core/base/ascii.h"
#include "core/base/mem.h"

/* clang-format off: a table, a row a word */
static const struct {
    const char *english;
    const char *german; /* as shown; "" where the value isn't kept with this word */
    const char *typed;  /* folded, between spaces; umlauts in both spellings */
} words[] = {
    {"strength", "Kraft", " kraft starker staerker stark "},
    {"hypertrophy", "Muskelaufbau", " muskelaufbau muskeln masse hypertrophie grosser groesser wachsen "},
    {"fitness", "Fitness", " fitness fitter gesund gesundheit "},
    {"low-volume", "wenig Volumen", " "},
    {"volume", "", " volumen "},
    {"failure-block", "Versagensblock", " versagensblock "},
    {"deload", "Deload", " deload entlastung "},
    {"isolation", "Isolation", " isolation "},
    {"until", "bis", " bis "},
    {"for", "", " fur fuer "},
    {"a", "", " eine einen einem "},
    {"years", "Jahre", " jahre jahren "},
    {"year", "Jahr", " jahr "},
    {"months", "Monate", " monate monaten "},
    {"month", "Monat", " monat "},
    {"weeks", "Wochen", " wochen "},
    {"week", "Woche", " woche "},
    {"days", "Tage", " tage tagen "},
    {"day", "Tag", " tag "},
    {"hours", "", " stunden stunde std "},
    {"good", "gut", " gut sicher "},
    {"learning", "lernend", " lernend lerne lernen "},
    {"on", "an", " an ein ja "},
    {"off", "aus", " aus nein "},
    {"high", "hoch", " hoch viel hoher "},
    {"low", "niedrig", " niedrig wenig gering "},
    {"none", "", " keine keiner keins nichts "},
    {"left", "li.", " li li. links linke linkes linker linken "},
    {"right", "re.", " re re. rechts rechte rechtes rechter rechten "},
    {"upper", "oberer", " oberer oberen oberes "},
    {"lower", "unterer", " unterer unteren unteres "},
    {"shoulder", "Schulter", " schulter schultern "},
    {"elbow", "Ellbogen", " ellbogen ellenbogen "},
    {"wrist", "Handgelenk", " handgelenk handgelenke "},
    {"hand", "Hand", " hande haende "},
    {"finger", "Finger", " ringfinger mittelfinger zeigefinger "},
    {"thumb", "Daumen", " daumen "},
    {"neck", "Nacken", " nacken hals hws "},
    {"lower back", "", " lws lendenwirbel "},
    {"upper back", "", " schulterblatt "},
    {"back", "Rücken", " rucken ruecken "},
    {"spine", "Wirbelsäule", " wirbelsaule wirbelsaeule "},
    {"hip", "Hüfte", " hufte huefte "},
    {"groin", "Leiste", " leiste leisten "},
    {"knee", "Knie", " knie knien "},
    {"leg", "Bein", " bein beine beinen "},
    {"arm", "Arm", " arm arme armen "},
    {"thigh", "Oberschenkel", " oberschenkel "},
    {"shin", "Schienbein", " schienbein "},
    {"ankle", "Knöchel", " knochel knoechel sprunggelenk "},
    {"foot", "Fuß", " fuss fusse fuesse "},
    {"achilles", "Achillessehne", " achillessehne "},
    {"rib", "Rippe", " rippe rippen "},
    {"stomach", "Bauch", " bauch "},
    {"core", "Rumpf", " rumpf "},
    {"chest", "Brust", " brust "},
    {"biceps", "Bizeps", " bizeps "},
    {"triceps", "Trizeps", " trizeps "},
    {"forearms", "Unterarme", " unterarm unterarme "},
    {"hamstring", "Beinbizeps", " beinbizeps beinbeuger "},
    {"calf", "Wade", " wade waden "},
    {"glutes", "Gesäß", " gesass gesaess po "},
    {"quad", "Quadrizeps", " quadrizeps "},
    {"adductors", "Adduktoren", " adduktoren adduktor "},
    {"dumbbell", "Kurzhantel", " kurzhantel kurzhanteln kh "},
    {"barbell", "Langhantel", " langhantel langhanteln lh "},
    {"bar", "Stange", " stange "},
    {"plates", "Scheiben", " scheiben scheibe "},
    {"machine", "Maschine", " maschine maschinen "},
    {"cable", "Kabel", " kabel kabelzug "},
    {"belt", "Gürtel", " gurtel guertel "},
    {"sets", "Sätze", " satze saetze "},
    {"reps", "Wdh", " wdh wiederholungen "},
    {"load", "Gewicht", " gewicht "},
    {"assisted", "Hilfe", " hilfe "},
    {"lb", "lb", " pfund "},
    {"de", "Deutsch", " "},
    {"en", "Englisch", " "},
};
/* clang-format on */

static bool among(const char *list, struct span word)
{
    for (const char *at = list; (at = strchr(at, ' ')) != NULL; at++)
        if (at[1] == word.at[0] && strncmp(at + 1, word.at, word.length) == 0 && at[1 + word.length] == ' ')
            return true;
    return false;
}

/* A word with what stands behind it up to the next one: ", " or " ". */
static struct span next_word(const char **text, struct span *gap)
{
    struct span word = {*text, strcspn(*text, " ,")};

    *text += word.length;
    gap->at = *text;
    gap->length = strspn(*text, " ,");
    *text += gap->length;
    return word;
}

static bool is_number(struct span word)
{
    return word.length != 0 && ascii_is_digit(word.at[0]);
}

/* Sets and numbers, which every message is made of, are none of the words. */
static bool may_be_word(struct span word)
{
    return word.length != 0 && !ascii_is_digit(word.at[0]) && !ascii_is_digit(word.at[word.length - 1]);
}

static const char *english_of(struct span word)
{
    if (!may_be_word(word))
        return NULL;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (among(words[i].typed, word))
            return words[i].english;
    return NULL;
}

void setting_words_read(struct span typed, struct buf *out)
{
    while (typed.length != 0) {
        struct span rest = typed, word = typed_word(&rest), bare = word;
        const char *english;

        if (bare.at[bare.length - 1] == ',')
            bare.length--;
        english = english_of(bare);
        if (english != NULL)
            buf_adds(out, english);
        else
            buf_add_span(out, bare);
        buf_adds(out, bare.length != word.length ? "," : "");
        buf_adds(out, rest.length != 0 ? " " : "");
        typed = rest;
    }
}

static void show_word(struct span word, struct buf *out)
{
    size_t from = out->length;

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (words[i].german[0] != '\0' && span_is(word, words[i].english)) {
            buf_adds(out, words[i].german);
            return;
        }
    }
    buf_add_span(out, word);
    for (; is_number(word) && from < out->length; from++)
        if (out->data[from] == '.')
            out->data[from] = ',';
}

void setting_words_show(const char *value, enum language language, struct buf *out)
{
    struct span gap;

    if (language != LANGUAGE_GERMAN) {
        buf_adds(out, value);
        return;
    }
    while (*value != '\0') {
        show_word(next_word(&value, &gap), out);
        buf_add_span(out, gap);
    }
}
