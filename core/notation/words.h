/*
 * The words that mean something beside an exercise, in English and German: config/words.tsv.
 */
#ifndef CORE_NOTATION_WORDS_H
#define CORE_NOTATION_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/span.h"

enum word {
    WORD_OTHER, /* perhaps a part of an exercise's name; argument: the number that it may be as well, or what is held */
    WORD_UNIT,  /* argument: enum unit */
    WORD_REPS,
    WORD_SETS, /* argument: SETS_ROUNDS where they are of several exercises as a rule */
    WORD_SECONDS,
    WORD_MINUTES,
    WORD_RIR,
    WORD_RPE,
    WORD_SINGLE, /* "for a triple"; argument: its reps */
    WORD_TANK,   /* "2 in the tank"; argument: TANK_ALONE where no "in the" is needed: "2 drin" */
    WORD_BODYWEIGHT,
    WORD_BODY,   /* "body weight" */
    WORD_WEIGHT, /* "body weight", "no weight" */
    WORD_BAR,    /* "empty bar": each of its words */
    WORD_PLATES,
    WORD_ASSISTED,
    WORD_WEIGHTED,
    WORD_AMRAP,
    WORD_FAIL,
    WORD_FAILURE,
    WORD_MUSCLE, /* "muscular failure" */
    WORD_FORM,
    WORD_WENT, /* "form went" */
    WORD_NOT,
    WORD_GOOD, /* before or behind "form" it is no failure */
    WORD_EACH,
    WORD_PER,
    WORD_LIMB, /* "per hand"; argument: HELD, HELD_PAIR where the hand holds it, LIMB_SIDE where no load is counted by
                  it */
    WORD_SIDE, /* argument: enum set_side */
    WORD_TYPE, /* argument: enum set_type */
    WORD_REST, /* "rest pause", "rest: 90s" */
    WORD_PAUSE,
    WORD_CHEAT,
    WORD_AT,
    WORD_FOR,
    WORD_OF,
    WORD_WITH,
    WORD_WITHOUT,
    WORD_TO,
    WORD_UP,
    WORD_AND,
    WORD_ON,
    WORD_IN,
    WORD_THE,
    WORD_LAST, /* argument: LAST_FIRST where it is the first one */
    WORD_A,    /* argument: as below */
    WORD_NOTE, /* argument: the number that it means, or COUNT_ZERO; 0 none: "one in the tank" */
    WORD_TEMPO,
    WORD_FEEL,
    WORD_TICKS,  /* "vvvv"; argument: how many */
    WORD_FILLER, /* "i did bench 80x8"; argument: 1 for a word that means this day */
    WORD_ALL,    /* "all @1": of each set */
    WORD_BY,     /* "80 by 8" */
    WORD_DAY,    /* argument: 0 Monday ... 6 */
    WORD_BACK,   /* "yesterday"; argument: days */
    WORD_MONTH,  /* argument: 1 to 12 */
    WORD_STOP,   /* only people who talk use it; argument: enum stop */
    WORD_COMMAND /* argument: enum stop */
};

/* What a word does to what people add to a set in words of their own. */
enum stop {
    STOP_TALK, /* such words don't begin so */
    STOP_FINE,
    STOP_DOUBT /* the set wasn't done, or not by who writes */
};

enum {
    TANK_ALONE = 1,
    LAST_FIRST = 1,
    SETS_ROUNDS = 1,
    LIMB_SIDE = 1,
    NUMBER_WORDS_MAX = 100,
    HELD,
    HELD_PAIR,
    COUNT_ZERO = 0xFF
};

/* What else a word may be, whatever its class: bits. */
enum word_trait {
    TRAIT_ABOUT = 1 << 0,       /* "about 2 rir": says little before an effort */
    TRAIT_CHATTER = 1 << 1,     /* nor does it before a name: "so bench" */
    TRAIT_LEAD = 1 << 2,        /* nor before a set: "second one 80x8" */
    TRAIT_THEN = 1 << 3,        /* what follows is another thing */
    TRAIT_MINE = 1 << 4,        /* "my 80x8" */
    TRAIT_MORE = 1 << 5,        /* "2 more" */
    TRAIT_ORDINAL = 1 << 6,     /* the end of "3rd" */
    TRAIT_DAYS = 1 << 7,        /* "2 days ago" */
    TRAIT_WEEKS = 1 << 8,       /* "a week ago" */
    TRAIT_PART_OF_DAY = 1 << 9, /* "this morning": when on that day makes no difference */
    TRAIT_FROM = 1 << 10,       /* "from monday" */
    TRAIT_ONLY = 1 << 11,       /* "only 6", "was 6": says nothing of its own before a count of reps */
    TRAIT_PLURAL = 1 << 12,     /* "3 singles" */
    TRAIT_WOULD = 1 << 13,      /* "hätte noch 2 geschafft": it wasn't done, */
    TRAIT_COULD = 1 << 14,      /* "geschafft": what wasn't */
    TRAIT_AROUND = 1 << 15,     /* "that was 7 reps": stands around a piece of a set, and says nothing */
    TRAIT_PLACE = 1 << 16,      /* "left knee": a part of the body that lifts nothing by itself */
    TRAIT_AGAIN = 1 << 17,      /* "same weight 4 reps": of what was lifted before */
    TRAIT_MOVED = 1 << 18,      /* "dropped to 70": the load, from what it was */
    TRAIT_HEAVIER = 1 << 19,    /* "5 kg heavier": than before, as "more" is */
    TRAIT_LIGHTER = 1 << 20,    /* "5 kg less" */
    TRAIT_SESSION = 1 << 21,    /* "last time", "last week": when it was */
    TRAIT_THAN = 1 << 22,       /* "easier than last time": what stands before is of now */
    TRAIT_FELT = 1 << 23,       /* "felt like a 9" */
    TRAIT_LIKE = 1 << 24,       /* "like", "solid" in that: says nothing of its own before a rating */
    TRAIT_VERDICT = 1 << 25,    /* "that was a 9": may stand before its article */
    TRAIT_ARTICLE = 1 << 26,    /* "ne 9": as an "A" does */
    TRAIT_PLUS = 1 << 27,       /* "plus 5 kg": a sign in a word */
    TRAIT_MINUS = 1 << 28,
    TRAIT_MERELY = 1 << 29, /* "only 6": fewer than was meant to be */
    TRAIT_MEANT = 1 << 30   /* "set 2 was 7", "meant incline": may correct what was said */
};

/* What a word does in a sentence that corrects a set, whatever its class: bits. */
enum word_amends {
    AMEND_BACK = 1 << 0,     /* "delete the last one" */
    AMEND_CHANGE = 1 << 1,   /* "change that to 85" */
    AMEND_MAKE = 1 << 2,     /* "make it 85": is said of other things, too */
    AMEND_WHICH = 1 << 3,    /* "the last one": of which set */
    AMEND_WISH = 1 << 4,     /* stands around these, and says nothing */
    AMEND_MISTAKE = 1 << 5,  /* "typo" */
    AMEND_CONFESS = 1 << 6,  /* stands around that */
    AMEND_RIGHT = 1 << 7,    /* before what is right: "it was", "should be" */
    AMEND_REASON = 1 << 8,   /* begins why: "because" */
    AMEND_THIS = 1 << 9,     /* "that was a grinder": begins how a set was */
    AMEND_TOWARDS = 1 << 10, /* "beim letzten", "on the last": before that */
    AMEND_TAKE = 1 << 11,    /* "take the second one out": this, */
    AMEND_OUT = 1 << 12,     /* and that */
    AMEND_CUE = 1 << 13,     /* "actually", "gelogen": something was otherwise than it was said to be */
    AMEND_LOADED = 1 << 14,  /* "hatte 85 drauf": the number is what was lifted */
    AMEND_BESIDE = 1 << 15   /* stands around these, and says nothing */
};

/* What a word says of what was left in a set, of what a session is called, of whether it is so, or of how many sets
 * there were, whatever its class: bits. */
enum word_says {
    SAYS_AROUND = 1 << 0, /* stands around what was left, and says nothing */
    SAYS_LEFT = 1 << 1,   /* "2 left" */
    SAYS_WENT = 1 << 2,   /* "2 gingen noch" */
    SAYS_DID = 1 << 3,    /* "could've done 2 more" */
    SAYS_COULD = 1 << 4,
    SAYS_ROOM = 1 << 5, /* "da war noch Luft" */
    SAYS_MORE = 1 << 6,
    SAYS_NONE = 1 << 7,
    SAYS_SOME = 1 << 8,     /* "plenty left" */
    SAYS_DAY = 1 << 9,      /* "leg day: squat 100x5" */
    SAYS_PART = 1 << 10,    /* "push: bench 80x8": what is trained on that day */
    SAYS_UNSURE = 1 << 11,  /* "sagt", "i think": told by somebody else, or not known */
    SAYS_OTHERS = 1 << 12,  /* "my buddy had 2 left": of somebody else */
    SAYS_TIMES = 1 << 13,   /* "3 times": that sets are counted, */
    SAYS_MADE = 1 << 14,    /* "did that twice": that they were done, */
    SAYS_THAT = 1 << 15,    /* "3 sets of that": of what, */
    SAYS_FURTHER = 1 << 16, /* "2 more of those", */
    SAYS_ANEW = 1 << 17,    /* "nochmal 2", */
    SAYS_BESIDE = 1 << 18,  /* stands around these, and says nothing */
    SAYS_FELT = 1 << 19,    /* "war leicht, noch 5": how a set was */
    SAYS_NOW = 1 << 20,     /* "now the blue machine, 20x10": what follows is trained from now on */
    SAYS_ONTO = 1 << 21,    /* "moving on to bench": says no more than that, before a name or behind it */
    SAYS_THING = 1 << 22,   /* "new exercise, 40x12": what is trained, whatever it may be */
    SAYS_INSTEAD = 1 << 23, /* "7 statt 8": what it wasn't stands behind */
    SAYS_BOTH = 1 << 24,    /* "9 on both", "beide waren": of two sides, or two sets */
    SAYS_WHOLE = 1 << 25,   /* "that was all i had" */
    SAYS_TOLD = 1 << 26,    /* "6 that was", "182,5 lagen drauf": may stand behind what was done */
    SAYS_JOINS = 1 << 27,   /* "first set @2 and last one @0": between two clauses */
    SAYS_ONCE = 1 << 28,    /* "did that twice": how often */
    SAYS_MANNER = 1 << 29,  /* "that was with belt": how a set was done */
    SAYS_FLAW = 1 << 30     /* "the last one was half": why a rep doesn't count */
};

/* What part a word plays around the pieces of a set that is told, or told anew, whatever its class: bits. */
enum word_role {
    ROLE_DENIES = 1 << 0,   /* "7 not 8", "statt 8": what it wasn't stands behind */
    ROLE_TYPED = 1 << 1,    /* "i put 80": what was written stands behind */
    ROLE_WRONG = 1 << 2,    /* "80 war falsch": what stands before isn't so */
    ROLE_BUT = 1 << 3,      /* "i put 80 but it was 85" */
    ROLE_OFF = 1 << 4,      /* "take one rep off" */
    ROLE_ADDS = 1 << 5,     /* "add one rep" */
    ROLE_LESS = 1 << 6,     /* "one less" */
    ROLE_POINTS = 1 << 7,   /* "that was left", "scratch that" */
    ROLE_REPLACES = 1 << 8, /* "scratch that, 82x8": what follows is instead of it */
    ROLE_WAS = 1 << 9,      /* "that was left" */
    ROLE_SLIP = 1 << 10,    /* "sorry, right arm" */
    ROLE_SPEAKS = 1 << 11,  /* "no, i meant left": stands around that */
    ROLE_VAGUE = 1 << 12,   /* "right": may be no side as well */
    ROLE_NOUN = 1 << 13,    /* "the last one": one set */
    ROLE_SELF = 1 << 14,    /* "i'm 82 kg": who does what follows */
    ROLE_NEGATES = 1 << 15, /* "last rep doesn't count" */
    ROLE_JUDGED = 1 << 16,  /* "the eighth wasn't clean": a flaw where that is denied */
    ROLE_BAD = 1 << 17,     /* "depth was high": denies that */
    ROLE_HENCE = 1 << 18,   /* "half, so 4": what it comes to stands behind */
    ROLE_AS = 1 << 19,      /* "count it as 4": likewise, and says no more */
    ROLE_CALLS = 1 << 20,   /* "zähl das als 7": begins that */
    ROLE_COUNTS = 1 << 21,  /* "last rep doesn't count" */
    ROLE_DONE = 1 << 22,    /* "den achten nicht geschafft" */
    ROLE_AROUND = 1 << 23,  /* stands around what is said of a rep, and says nothing */
    ROLE_WERE = 1 << 24,    /* "the last two were 10": of several */
    ROLE_TRIED = 1 << 25,   /* "tried 170": it may not have been lifted, */
    ROLE_STUCK = 1 << 26,   /* "stuck at the knee": and it wasn't */
    ROLE_TOWARDS = 1 << 27, /* "with 80", "the 16s": a load may stand behind */
    ROLE_GOT = 1 << 28,     /* "got 8": reps may */
    ROLE_HOLE = 1 << 29,    /* "one pin down": what nobody knows the weight of */
    ROLE_SCALE = 1 << 30    /* "i weigh 82" */
};

struct word_meaning {
    uint8_t word;     /* enum word; WORD_OTHER when WORD isn't in the table, or has no class */
    uint8_t argument; /* of its class */
    uint16_t amends;  /* enum word_amends */
    uint32_t says;    /* enum word_says */
    uint32_t traits;  /* enum word_trait */
    uint32_t roles;   /* enum word_role */
};

/* What WORD (folded) means. */
struct word_meaning notation_meaning(struct span word);
/* The word at the front of TEXT, as scan_word() finds it, and what it means. */
struct span notation_word(struct span text, struct word_meaning *meaning);

/* What the words of a text are, all of them together: a reader that needs one which isn't there needn't look. */
struct vocabulary {
    uint64_t classes; /* bits of enum word */
    uint32_t says;
    uint32_t traits;
    uint16_t amends;
    bool digit, effort_sign; /* '@' */
};
#define CLASS_BIT(word) (UINT64_C(1) << (word))

/* Nothing is known of the text: any word may be there. */
void vocabulary_open(struct vocabulary *vocabulary);
/* WORD, with spaces around, is there, as a whole and in what stands in it between signs and digits ("6kg",
 * "last/first"). What it means as a whole. */
struct word_meaning vocabulary_add(struct vocabulary *vocabulary, struct span word);

/* What a word tells in a sentence that may be about the set, or the day, of whoever writes: bits. */
enum word_tells {
    TELLS_OTHERS = 1 << 0, /* somebody else, or a wish */
    TELLS_UNSURE = 1 << 1, /* that it may not be so, or was only said */
    TELLS_TIME = 1 << 2,   /* another day, or another session */
    TELLS_SPAN = 1 << 3,   /* "this morning", "weeks": which may be now */
    TELLS_UNDONE = 1 << 4  /* it isn't so, or was wanted */
};
/* What WORD, that has MEANING, tells; 0: nothing of these. */
unsigned notation_tells(struct span word, struct word_meaning meaning);

/* missed.c: which one WORD, "third", "achten", is; 0: it is no such word. */
int notation_ordinal_word(struct span word);
/* number.c: whether WORD, that has MEANING, may be a number: "eighty", "zweiundvierzig". */
bool notation_is_number_word(struct span word, struct word_meaning meaning);
/* number.c: the number that the one WORD is: "twelve", "zweiundvierzigeinhalb"; 0: none. "ein" is 1. */
double notation_word_number(struct span word);
/* number.c: the same where its MEANING is known. */
double notation_number_of(struct span word, struct word_meaning meaning);
/* number.c: the number in words that FOLDED begins with, of *LENGTH bytes: "one eighty six"; 0: there is none. */
double notation_spoken_number(struct span folded, size_t *length);

#endif
