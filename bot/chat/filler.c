/*
 * Words that people put before and behind what they want to say. None of them asks, denies, or speaks of another time
 * or of somebody else: what is left means the same.
 */
#include "bot/chat/filler.h"

#include <string.h>
#include <strings.h>

#include "core/base/ascii.h"

enum { FILLER_WORDS_MAX = 4, FIRST_OTHER = 26, FIRST_COUNT };

/* By the letter in front; separated by commas. */
static const char *const front[FIRST_COUNT] = {
    ['a' - 'a'] = "ah,aha,alright,actually,and,and then,also,anyway,alrighty,achso,ach so,ach,aber",
    ['b' - 'a'] = "but,btw,by the way",
    ['c' - 'a'] = "crap,cool,correction,coach",
    ['d' - 'a'] = "damn,dann,danach,doch,dann noch,danke",
    ['e' - 'a'] = "entschuldigung,eigentlich,erst mal,erstmal",
    ['f' - 'a'] = "finally,fyi,for the record,forgot to log,forgot to say,forgot,first of all",
    ['g' - 'a'] = "great,good morning,guess what,guten tag,guten morgen,guten abend,genau,gut,gerade,grade",
    ['h' - 'a'] = ("hm,hmm,hmmm,hey,hi,hello,hang on,hold on,huch,hoppla,hab mich vertippt,habe mich "
                   "vertippt,hallo,hatte vergessen,hab vergessen,heute"),
    ['i' - 'a'] = "i mean,i meant,i forgot,i just did,ich habe mich vertippt,ich meine,ich meinte",
    ['j' - 'a'] = "just,just now,just did,just hit,jetzt,ja,jo,jep,jetzt noch",
    ['k' - 'a'] = "k,korrektur",
    ['l' - 'a'] = "lol",
    ['m' - 'a'] = "my bad,my mistake,morning,moving on to,mist,moment,moment mal,moin",
    ['n' - 'a'] = "nice,now,na,naja,na ja,nun,noch vergessen,nachtrag",
    ['o' - 'a'] = "ok,okay,oh,oops,on to,onto,och,oha",
    ['p' - 'a'] = "phew,puh",
    ['r' - 'a'] = "right",
    ['s' - 'a'] = "sorry,shit,so,so jetzt,servus,super",
    ['t' - 'a'] = "then,typo,today,thanks,tschuldigung",
    ['u' - 'a'] = "uh,um,ugh,uff,ups,upps,und,und dann,und noch",
    ['v' - 'a'] = "vertippt,verschrieben,vergessen",
    ['w' - 'a'] = "wait,whoops,wow,well,warte,warte mal",
    ['y' - 'a'] = "yo,yes,yeah,yep",
    [FIRST_OTHER] = "übrigens",
};

/* What follows them corrects, or is a plan. */
static const char *const doubts[FIRST_COUNT] = {
    ['d' - 'a'] = "das stimmt nicht",
    ['f' - 'a'] = "falsch",
    ['h' - 'a'] = "heute abend,heute nacht",
    ['i' - 'a'] = "i guess,i think,i believe,ich denke,ich glaube",
    ['n' - 'a'] = "no,nope,nah,not right,nee,ne,nein,n\xC3\xB6",
    ['q' - 'a'] = "quatsch",
    ['s' - 'a'] = "stimmt nicht",
    ['t' - 'a'] = "that's wrong,thats wrong,that isn't right",
};

static const char *const back[FIRST_COUNT] = {
    ['a' - 'a'] = "actually,as well,auch",
    ['b' - 'a'] = "btw,bitte",
    ['c' - 'a'] = "cheers,coach",
    ['d' - 'a'] = "danke,denk ich,denke ich",
    ['e' - 'a'] = "eben,eigentlich",
    ['f' - 'a'] = "fyi,first thing",
    ['g' - 'a'] = "gerade,grade,glaub ich,glaube ich",
    ['h' - 'a'] = "haha,hahaha,heute morgen,heute fr\xC3\xBCh,heute",
    ['i' - 'a'] = "i think,i guess,i believe,if that helps,in der fr\xC3\xBCh",
    ['j' - 'a'] = "just now,jetzt",
    ['l' - 'a'] = "lol,lmao",
    ['m' - 'a'] = "my bad,mein ich,meine ich",
    ['n' - 'a'] = "now",
    ['o' - 'a'] = "ok,okay,or so,oops,oder so",
    ['p' - 'a'] = "please,pls",
    ['r' - 'a'] = "right now",
    ['s' - 'a'] = "sorry,so far",
    ['t' - 'a'] = "today,this morning,thanks,thank you,thx,though,tho,too",
    ['u' - 'a'] = "ups",
    [FIRST_OTHER] = "übrigens",
};

/* Behind these comes another exercise. */
static const char *const next[] = {
    "weiter mit ", "weiter gehts mit ", "weiter geht's mit ", "zuletzt ", "zum schluss ", "zum abschluss ", NULL};

static bool is_beside(char byte)
{
    return ascii_is_space(byte) || strchr(",.;:!-", byte) != NULL;
}

static void trim(struct span *text)
{
    while (text->length != 0 && is_beside(text->at[0]))
        *text = (struct span){text->at + 1, text->length - 1};
    while (text->length != 0 && is_beside(text->at[text->length - 1]))
        text->length--;
}

static bool is_one_of(struct span text, const char *const *fillers)
{
    const char first = ascii_lower(text.at[0]);
    const char *list = fillers[first >= 'a' && first <= 'z' ? first - 'a' : FIRST_OTHER];
    struct span rest = list != NULL ? span_of(list) : (struct span){"", 0};

    while (rest.length != 0) {
        const struct span filler = span_take(&rest, ',');

        if (filler.length == text.length && strncasecmp(filler.at, text.at, text.length) == 0)
            return true;
    }
    return false;
}

/* Where the word ends that begins at AT, or behind it. */
static size_t word_end(struct span text, size_t at)
{
    while (at < text.length && is_beside(text.at[at]))
        at++;
    while (at < text.length && !is_beside(text.at[at]))
        at++;
    return at;
}

/* Where the word begins that ends at AT, or before it. */
static size_t word_begin(struct span text, size_t at)
{
    while (at > 0 && is_beside(text.at[at - 1]))
        at--;
    while (at > 0 && !is_beside(text.at[at - 1]))
        at--;
    return at;
}

bool filler_take_front(struct span *text, bool *unsure)
{
    size_t end = 0, taken = 0;

    for (int words = 0; words < FILLER_WORDS_MAX && (end = word_end(*text, end)) < text->length; words++) {
        const struct span begin = {text->at, end};
        bool doubt = is_one_of(begin, doubts);

        *unsure |= doubt;
        if (doubt || is_one_of(begin, front))
            taken = end;
    }
    *text = (struct span){text->at + taken, text->length - taken};
    trim(text);
    return taken != 0 && text->length != 0;
}

bool filler_take_back(struct span *text)
{
    size_t begin = text->length, left = 0;

    for (int words = 0; words < FILLER_WORDS_MAX && (begin = word_begin(*text, begin)) != 0; words++)
        if (is_one_of((struct span){text->at + begin, text->length - begin}, back))
            left = begin;
    if (left == 0)
        return false;
    text->length = left;
    trim(text);
    return text->length != 0;
}

bool filler_take_next(struct span *text)
{
    if (text->length == 0 || (text->at[0] | ' ') < 'w')
        return false; /* as nearly all is */
    for (const char *const *words = next; *words != NULL; words++) {
        size_t length = strlen(*words);

        if (text->length > length && strncasecmp(text->at, *words, length) == 0) {
            *text = (struct span){text->at + length, text->length - length};
            trim(text);
            return text->length != 0;
        }
    }
    return false;
}
