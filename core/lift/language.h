/*
 * The languages that are spoken: exercises have names in each, and numbers a decimal mark.
 */
#ifndef CORE_LIFT_LANGUAGE_H
#define CORE_LIFT_LANGUAGE_H

enum language { LANGUAGE_ENGLISH, LANGUAGE_GERMAN, LANGUAGE_COUNT };

#endif
