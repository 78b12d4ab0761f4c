/*
 * A weekly time, read.
 */
#include "bot/coach/checkin_when.h"

#include "bot/coach/typed.h"
#include "core/base/mem.h"

/* Takes up to two digits off TEXT. */
static bool take_digits(struct span *text, int *number)
{
    size_t at = 0;

    *number = 0;
    for (; at < text->length && at < 2 && text->at[at] >= '0' && text->at[at] <= '9'; at++)
        *number = *number * 10 + (text->at[at] - '0');
    *text = (struct span){text->at + at, text->length - at};
    return at != 0;
}

/* Takes ":30" off TEXT, if it is there. False: what is there is no minute. */
static bool take_minute(struct span *text, int *minute)
{
    size_t before = text->length;

    *minute = 0;
    if (text->length == 0 || (text->at[0] != ':' && text->at[0] != '.'))
        return true;
    *text = (struct span){text->at + 1, text->length - 1};
    return take_digits(text, minute) && text->length + 3 == before && *minute < 60;
}

/* "18:00", "18 uhr", "6pm": in minutes of the day; -1: it is none. */
static int read_time(struct span text)
{
    int hour, minute;

    if (!take_digits(&text, &hour) || !take_minute(&text, &minute))
        return -1;
    if (text.length != 0 && text.at[0] == ' ')
        text = (struct span){text.at + 1, text.length - 1};
    if (span_is(text, "am") || span_is(text, "pm")) {
        if (hour < 1 || hour > 12)
            return -1;
        hour = hour % 12 + (text.at[0] == 'p' ? 12 : 0);
    } else if (text.length != 0 && !span_is(text, "uhr") && !span_is(text, "h")) {
        return -1;
    }
    return hour < 24 ? hour * 60 + minute : -1;
}

bool checkin_when_read(struct span text, struct recurrence *recurrence)
{
    static const char *const days[] = {
        "mon,monday,mondays,mo,montag,montags",           "tue,tues,tuesday,tuesdays,di,dienstag,dienstags",
        "wed,wednesday,wednesdays,mi,mittwoch,mittwochs", "thu,thurs,thursday,thursdays,do,donnerstag,donnerstags",
        "fri,friday,fridays,fr,freitag,freitags",         "sat,saturday,saturdays,sa,samstag,samstags,sonnabend",
        "sun,sunday,sundays,so,sonntag,sonntags"};
    struct recurrence said = *recurrence;
    bool day = false;

    typed_skip(&text, "on,am,every,jeden");
    for (int i = 0; i < (int)ARRAY_LENGTH(days) && !day; i++) {
        day = typed_skip(&text, days[i]);
        said.weekday = day ? i : said.weekday;
    }
    typed_skip(&text, "at,um");
    if (text.length != 0)
        said.minute = read_time(text);
    if (said.minute < 0 || (text.length == 0 && !day))
        return false;
    *recurrence = said;
    return true;
}
