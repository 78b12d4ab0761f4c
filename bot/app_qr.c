/*
 * A QR code in a terminal. What scanners look for is dark on light, with a light zone around it. Terminals are dark as
 * a rule, and what is printed there is light: so the light modules are what is drawn, and the dark ones are left blank.
 * On a terminal both colours are set besides, since it may be a light one.
 *
 * A character is twice as high as it is wide: it holds two modules, one above the other, or is half of one.
 */
#include "bot/app_qr.h"

#include <langinfo.h>
#include <locale.h>
#include <qrencode.h>
#include <string.h>
#include <unistd.h>

enum { QUIET = 4 /* modules around it (ISO/IEC 18004) */, COLUMNS = 80 };

static bool is_light(const QRcode *code, int x, int y)
{
    return x < 0 || y < 0 || x >= code->width || y >= code->width || (code->data[y * code->width + x] & 1) == 0;
}

static void draw_halves(const QRcode *code, bool colours, FILE *out)
{
    static const char *const signs[] = {" ", "▄", "▀", "█"};

    for (int y = -QUIET; y < code->width + QUIET; y += 2) {
        fputs(colours ? "\033[40;97m" : "", out);
        for (int x = -QUIET; x < code->width + QUIET; x++)
            fputs(signs[is_light(code, x, y) * 2 + is_light(code, x, y + 1)], out);
        fputs(colours ? "\033[0m\n" : "\n", out);
    }
}

static void draw_pairs(const QRcode *code, bool colours, FILE *out)
{
    const char *light = colours ? "\033[107m  " : "##", *dark = colours ? "\033[40m  " : "  ";

    for (int y = -QUIET; y < code->width + QUIET; y++) {
        for (int x = -QUIET; x < code->width + QUIET; x++)
            fputs(is_light(code, x, y) ? light : dark, out);
        fputs(colours ? "\033[0m\n" : "\n", out);
    }
}

/* The least correction: nothing soils a screen, and fewer modules are larger ones. */
int app_draw_qr(struct span bytes, FILE *out, struct err *err)
{
    QRcode *code =
        QRcode_encodeData((int)bytes.length, (const unsigned char *)bytes.at, 0 /* the smallest */, QR_ECLEVEL_L);
    bool halves, colours = isatty(fileno(out)) != 0;
    int columns;

    if (code == NULL)
        return err_set(err, ERR_INTERNAL, "the code can't be drawn");
    setlocale(LC_CTYPE, "");
    halves = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    columns = (code->width + 2 * QUIET) * (halves ? 1 : 2);
    if (columns > COLUMNS)
        fprintf(out, "The code takes %d columns: the terminal must be as wide.\n", columns);
    if (halves)
        draw_halves(code, colours, out);
    else
        draw_pairs(code, colours, out);
    QRcode_free(code);
    return 0;
}
