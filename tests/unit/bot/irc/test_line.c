/*
 * Lines, names, what the server says of itself, texts cut to length, how fast, whose turn.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "bot/irc/flood.h"
#include "bot/irc/fold.h"
#include "bot/irc/isupport.h"
#include "bot/irc/lanes.h"
#include "bot/irc/line.h"
#include "bot/irc/split.h"
#include "bot/irc/sts.h"
#include "bot/message.h"
#include "core/base/mem.h"
#include "core/text/fold.h"

static void test_parse(void **state)
{
    static struct irc_line line;
    struct buf value = BUF_INIT(100);

    (void)state;
    assert_int_equal(
        irc_line_parse(span_of("@a=b\\:c\\s\\\\\\r\\n\\;d\\;+x;a=2 :n!u@h privMSG  #gym   :a b :c"), &line), 0);
    assert_string_equal(line.verb, "PRIVMSG");
    assert_true(span_is(line.nick, "n") && span_is(line.user, "u") && span_is(line.host, "h"));
    assert_int_equal(line.param_count, 2);
    assert_true(span_is(line.params[0], "#gym") && span_is(line.params[1], "a b :c"));
    assert_true(irc_line_tag(&line, "a", &value)); /* the last of two counts */
    assert_string_equal(buf_text(&value), "2");
    assert_false(irc_line_tag(&line, "x", NULL)); /* "+x" is a client's, and another key */
    assert_int_equal(irc_line_parse(span_of("@k=a\\:b\\sc\\\\d\\ PING x"), &line), 0);
    buf_clear(&value);
    irc_line_tag(&line, "k", &value);
    assert_string_equal(buf_text(&value), "a;b c\\d"); /* alone at the end: dropped */
    buf_release(&value);
}

static void test_parse_refuses(void **state)
{
    static struct irc_line line;
    char *text = mem_alloc(IRC_LINE_MAX + 2);
    static const char *const bad[] = {"", ":only.source", "@tag", "   ", ":a b\0"};

    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(irc_line_parse(span_of(bad[i]), &line), -1);
    assert_int_equal(irc_line_parse((struct span){"PING \0x", 7}, &line), -1);
    memset(text, 'a', IRC_LINE_MAX + 1);
    assert_int_equal(irc_line_parse((struct span){text, IRC_LINE_MAX + 1}, &line), -1);
    memset(text, 'a', IRC_TAGS_MAX + 1); /* 8,191 bytes of tags with '@' and the space are fine, one more isn't */
    text[0] = '@';
    memcpy(text + IRC_TAGS_MAX - 1, " PING", 6);
    assert_int_equal(irc_line_parse(span_of(text), &line), 0);
    memcpy(text + IRC_TAGS_MAX, " PING", 6);
    text[IRC_TAGS_MAX - 1] = 'a';
    assert_int_equal(irc_line_parse(span_of(text), &line), -1);
    free(text);
}

/* Nothing that is said can begin a line of its own. */
static void test_write(void **state)
{
    struct buf out = BUF_INIT(600);

    (void)state;
    assert_int_equal(irc_out_line(&out, "PRIVMSG", IRC_PARAMS("#gym", "80x8\r\nQUIT :x")), 0);
    assert_string_equal(buf_text(&out), "PRIVMSG #gym :80x8QUIT :x\r\n");
    buf_clear(&out);
    assert_int_equal(irc_out_line(&out, "NICK", IRC_PARAMS("spotter")), 0);
    assert_string_equal(buf_text(&out), "NICK spotter\r\n");
    buf_clear(&out);
    assert_int_equal(irc_out_line(&out, "PRIVMSG", IRC_PARAMS("a", "")), 0);
    assert_string_equal(buf_text(&out), "PRIVMSG a :\r\n");
    buf_clear(&out);
    assert_int_equal(irc_out_line(&out, "PRIVMSG", IRC_PARAMS("a b", "x")), -1);
    assert_int_equal(irc_out_line(&out, "PRIVMSG", IRC_PARAMS(":a", "x")), -1);
    assert_int_equal(irc_out_line(&out, "PRIVMSG", IRC_PARAMS("", "x")), -1);
    assert_int_equal(out.length, 0);
    buf_release(&out);
}

static void test_fold(void **state)
{
    static const struct {
        enum irc_casemap map;
        const char *a, *b;
        bool same;
    } rows[] = {
        {IRC_CASE_ASCII, "Anna", "aNNA", true},      {IRC_CASE_ASCII, "a[", "a{", false},
        {IRC_CASE_RFC1459, "a[]\\~", "A{}|^", true}, {IRC_CASE_STRICT, "a[]\\", "A{}|", true},
        {IRC_CASE_STRICT, "a~", "a^", false},        {IRC_CASE_RFC1459, "a", "ab", false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        assert_int_equal(irc_same(rows[i].map, span_of(rows[i].a), span_of(rows[i].b)), rows[i].same);
    assert_int_equal(irc_casemap_parse(span_of("rfc7613")), IRC_CASE_ASCII);
    assert_int_equal(irc_casemap_parse(span_of("rfc1459")), IRC_CASE_RFC1459);
}

static void test_isupport(void **state)
{
    static struct irc_line line;
    struct irc_support support;

    (void)state;
    irc_support_init(&support);
    assert_int_equal(support.casemap, IRC_CASE_RFC1459); /* where nothing is said */
    assert_int_equal(irc_line_parse(span_of(":s 005 me CASEMAPPING=ascii NICKLEN=30 CHANTYPES=# PREFIX=(qaohv)~&@%+ "
                                            "STATUSMSG=~&@%+ BOT=B WHOX CHATHISTORY=50 CHANMODES=beI,k,l,imn "
                                            ":are supported"),
                                    &line),
                     0);
    irc_support_take(&support, &line);
    assert_int_equal(support.casemap, IRC_CASE_ASCII);
    assert_int_equal(support.nick_length, 30);
    assert_int_equal(support.bot_mode, 'B');
    assert_int_equal(support.history_limit, 50);
    assert_true(support.whox);
    assert_true(irc_is_channel(&support, span_of("#gym")));
    assert_false(irc_is_channel(&support, span_of("&gym")));
    assert_false(irc_is_channel(&support, span_of("")));
    assert_true(span_is(irc_without_status(&support, span_of("@#gym")), "#gym"));
    assert_true(span_is(irc_without_status(&support, span_of("@anna")), "@anna"));
    assert_int_equal(irc_symbol_mode(&support, '@'), 'o');
    assert_int_equal(irc_mode_power('o'), 50);
    assert_string_equal(support.list_modes, "beIk");
    assert_string_equal(support.set_modes, "l");
    assert_int_equal(irc_line_parse(span_of(":s 005 me PREFIX= NICKLEN=x CHANTYPES= :x"), &line), 0);
    irc_support_take(&support, &line);
    assert_string_equal(support.prefix_modes, "");
    assert_int_equal(support.nick_length, 9);
}

static void test_split(void **state)
{
    struct span rest = span_of("bench press 80x8 @1");
    irc_text_lines lines = {0};
    /* a man with a beard, dark: one grapheme of 17 bytes */
    static const char beard[] = "\xF0\x9F\xA7\x94\xF0\x9F\x8F\xBF\xE2\x80\x8D\xE2\x99\x82\xEF\xB8\x8F";

    (void)state;
    assert_true(span_is(irc_split(&rest, 14), "bench press"));
    assert_true(span_is(rest, "80x8 @1"));
    rest = span_of("aaaaaaaaaaaaaaaaaaaa");
    assert_true(span_is(irc_split(&rest, 8), "aaaaaaaa")); /* a word too long is cut */
    rest = span_of("abc\xC3\xA4\xC3\xB6");
    assert_int_equal(irc_split(&rest, 6).length, 5); /* never inside a character */
    rest = span_of("ae\xCC\x81xyz");
    assert_int_equal(irc_split(&rest, 3).length, 1); /* nor between a letter and its accent */
    rest = span_of(beard);
    assert_int_equal(text_cut_grapheme(rest, 40), strlen(beard));
    irc_pack(span_of("bench press 80x8 @2\nNext: 80 kg x 8, RIR 1-3\n- list \x02item\n\n"), 200, &lines);
    assert_int_equal(lines.count, 1);
    assert_string_equal(lines.at[0], "bench press 80x8 @2 \xC2\xB7 Next: 80 kg x 8, RIR 1-3 \xC2\xB7 list  item");
    irc_text_lines_release(&lines);
    /* a sentence that was cut for the screen is whole again, what stands by itself is not drawn into one */
    irc_pack(span_of("Type this to me in private, where you\ngo by your other name:\n`x`\nGood once."), 200, &lines);
    assert_string_equal(lines.at[0],
                        "Type this to me in private, where you go by your other name: `x` \xC2\xB7 Good once.");
    irc_text_lines_release(&lines);
    irc_pack(span_of("Week from Mon 23 Nov: 12 sets\nchest 1\nsquat 100x5 @2, 100x5 @1, 100x4 @0\nbench 1"), 200,
             &lines);
    assert_string_equal(lines.at[0],
                        "Week from Mon 23 Nov: 12 sets \xC2\xB7 chest 1 \xC2\xB7 squat 100x5 @2, 100x5 @1, "
                        "100x4 @0 \xC2\xB7 bench 1");
    irc_text_lines_release(&lines);
    irc_pack(span_of("one two\nthree four\nfive"), 12, &lines);
    assert_int_equal(lines.count, 3);
    assert_string_equal(lines.at[1], "three four");
    irc_text_lines_release(&lines);
    irc_pack(span_of("a\xFF"), 12, &lines);
    assert_string_equal(lines.at[0], "a?");
    irc_text_lines_release(&lines);
    /* RFC 1459: 512 with everything that others see. ":n!u@h NOTICE #gym :" is 20 bytes and CR LF 2. */
    assert_int_equal(irc_text_budget(1, 3 - 1, "NOTICE", 4), 512 - 22);
}

static void test_flood(void **state)
{
    struct irc_flood flood;

    (void)state;
    irc_flood_init(&flood, 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(irc_flood_wait(&flood, 0), 0);
        irc_flood_spend(&flood, 80);
    }
    assert_int_equal(irc_flood_wait(&flood, 0), 2000);
    assert_int_equal(irc_flood_wait(&flood, 1500), 500);
    assert_int_equal(irc_flood_wait(&flood, 2000), 0);
    irc_flood_spend(&flood, 500); /* long */
    assert_int_equal(irc_flood_wait(&flood, 2000), 3000);
    assert_int_equal(irc_flood_wait(&flood, 1000), 3000); /* a clock set back gives nothing */
    assert_int_equal(irc_flood_wait(&flood, 1000000), 0);
}

/* Ann floods; Ben, who says one thing, is next but one. Ann's many replies become one. */
static void test_lanes(void **state)
{
    struct irc_lanes lanes = {0};
    struct irc_lane *lane;
    int64_t wait;

    (void)state;
    for (int64_t i = 1; i <= 20; i++)
        assert_true(irc_lanes_add(&lanes, "ann", i, "#gym", OUT_REPLY));
    assert_true(irc_lanes_add(&lanes, "ben", 21, "#gym", OUT_REPLY));
    lane = irc_lanes_next(&lanes, 0, &wait);
    assert_string_equal(lane->who, "ann");
    irc_lane_begin(&lanes, lane);
    assert_int_equal(lane->job.rows.count, 20);
    lane = irc_lanes_next(&lanes, 0, &wait);
    assert_string_equal(lane->who, "ben");
    irc_lane_begin(&lanes, lane);
    assert_int_equal(lane->job.rows.count, 1);
    irc_lane_end(&lanes, lane);
    lane = irc_lanes_next(&lanes, 0, &wait);
    assert_string_equal(lane->who, "ann");
    lane->blocked_until_ms = 50;
    assert_null(irc_lanes_next(&lanes, 20, &wait));
    assert_int_equal(wait, 30);
    irc_lane_end(&lanes, lane);
    assert_null(irc_lanes_next(&lanes, 0, &wait));
    assert_int_equal(wait, -1);
    irc_lanes_add(&lanes, "cy", 30, "@cy", OUT_PING); /* what rings is said alone */
    for (int64_t i = 31; i < 40; i++)
        irc_lanes_add(&lanes, "cy", i, "@cy", OUT_REPLY);
    lane = irc_lanes_next(&lanes, 0, &wait);
    irc_lane_begin(&lanes, lane);
    assert_int_equal(lane->job.rows.count, 1);
    irc_lanes_release(&lanes);
}

static void test_sts(void **state)
{
    struct irc_sts_policy policy = {6697, 5000}, read;
    struct buf text = BUF_INIT(64);
    struct irc_sts sts;

    (void)state;
    assert_int_equal(irc_sts_parse(span_of("duration=31536000,port=6697,preload"), &sts), 0);
    assert_int_equal(sts.port, 6697);
    assert_int_equal(sts.duration_s, 31536000);
    assert_int_equal(irc_sts_parse(span_of("duration=0"), &sts), 0);
    assert_true(sts.port == 0 && sts.duration_s == 0);
    assert_int_equal(irc_sts_parse(span_of("port=0"), &sts), -1);
    assert_int_equal(irc_sts_parse(span_of("port=65536"), &sts), -1);
    assert_int_equal(irc_sts_parse(span_of("duration=-1"), &sts), -1);
    irc_sts_print(&policy, &text);
    assert_true(irc_sts_read(buf_text(&text), 4999, &read) && read.port == 6697);
    assert_false(irc_sts_read(buf_text(&text), 5000, &read));
    assert_false(irc_sts_read("x", 0, &read));
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse), cmocka_unit_test(test_parse_refuses), cmocka_unit_test(test_write),
        cmocka_unit_test(test_fold),  cmocka_unit_test(test_isupport),      cmocka_unit_test(test_split),
        cmocka_unit_test(test_flood), cmocka_unit_test(test_lanes),         cmocka_unit_test(test_sts),
    };

    return RUN_TESTS(tests);
}
