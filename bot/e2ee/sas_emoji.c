/*
 * The table of emoji (matrix-spec, data-definitions/sas-emoji.json), by number.
 */
#include "bot/e2ee/sas.h"

#include "core/base/mem.h"

/* clang-format off: four in a line */
static const struct {
    const char *sign, *name;
} table[64] = {
    {"🐶", "Dog"},          {"🐱", "Cat"},
    {"🦁", "Lion"},      {"🐎", "Horse"},
    {"🦄", "Unicorn"},   {"🐷", "Pig"},
    {"🐘", "Elephant"},     {"🐰", "Rabbit"},
    {"🐼", "Panda"},        {"🐓", "Rooster"},
    {"🐧", "Penguin"},      {"🐢", "Turtle"},
    {"🐟", "Fish"},         {"🐙", "Octopus"},
    {"🦋", "Butterfly"}, {"🌷", "Flower"},
    {"🌳", "Tree"},         {"🌵", "Cactus"},
    {"🍄", "Mushroom"},     {"🌏", "Globe"},
    {"🌙", "Moon"},         {"☁️", "Cloud"},
    {"🔥", "Fire"},         {"🍌", "Banana"},
    {"🍎", "Apple"},        {"🍓", "Strawberry"},
    {"🌽", "Corn"},         {"🍕", "Pizza"},
    {"🎂", "Cake"},         {"❤️", "Heart"},
    {"😀", "Smiley"},       {"🤖", "Robot"},
    {"🎩", "Hat"},          {"👓", "Glasses"},
    {"🔧", "Spanner"},      {"🎅", "Santa"},
    {"👍", "Thumbs Up"},    {"☂️", "Umbrella"},
    {"⌛", "Hourglass"},    {"⏰", "Clock"},
    {"🎁", "Gift"},         {"💡", "Light Bulb"},
    {"📕", "Book"},         {"✏️", "Pencil"},
    {"📎", "Paperclip"},    {"✂️", "Scissors"},
    {"🔒", "Lock"},         {"🔑", "Key"},
    {"🔨", "Hammer"},       {"☎️", "Telephone"},
    {"🏁", "Flag"},         {"🚂", "Train"},
    {"🚲", "Bicycle"},      {"✈️", "Aeroplane"},
    {"🚀", "Rocket"},       {"🏆", "Trophy"},
    {"⚽", "Ball"},         {"🎸", "Guitar"},
    {"🎺", "Trumpet"},      {"🔔", "Bell"},
    {"⚓", "Anchor"},       {"🎧", "Headphones"},
    {"📁", "Folder"},       {"📌", "Pin"},
};
/* clang-format on */

const char *sas_emoji_name(unsigned char number)
{
    BUG_IF(number >= ARRAY_LENGTH(table));
    return table[number].name;
}

const char *sas_emoji_sign(unsigned char number)
{
    BUG_IF(number >= ARRAY_LENGTH(table));
    return table[number].sign;
}
