/*
 * The German texts of a session: what is logged, advised, asked and taken back.
 */
#include "bot/chat/catalogue.h"

const char *const texts_german[TEXT_COUNT] = {
    /* hearing and not understanding */
    [TEXT_WELCOME] = ("Hi, ich bin *Spotter*. Tippe jeden Satz:\n"
                      "`bank 80x8 @1` heißt 80 kg, 8 Wdh. und\n"
                      "1 in Reserve (RIR 1). Ich antworte mit\n"
                      "dem nächsten Satz. `help` zeigt mehr."),
    [TEXT_HELLO] = "Hi! Wenn du so weit bist:\n`bank 80x8 @1`, oder `next`.",
    [TEXT_GUEST] = ("Du bist hier Gast: Ich merke mir deine\n"
                    "Sätze, bis du gehst. Melde dich an, etwa\n"
                    "mit `/msg NickServ IDENTIFY`, dann\n"
                    "gehören sie deinem Konto."),
    [TEXT_GUEST_ONLY] = "Dieses Netz kennt keine Konten: Ich\nmerke mir deine Sätze, bis du gehst.",
    [TEXT_IDENTITY_CHANGED] = ("Deine Krypto-Identität ist neu: Ich lese\n"
                               "und sage nichts mehr. Warst du das?\n"
                               "`confirm identity` von einem früheren\n"
                               "Gerät, oder Emojis mit dem Admin, hilft."),
    [TEXT_IDENTITY_CONFIRMED] = ("Bestätigt, du bist es. Tippe bitte neu,\n"
                                 "was ich seither nicht gelesen habe."),
    [TEXT_VERIFICATION] = ("Vergleichen wir Emojis: Meine sieht der\n"
                           "Admin mit `spotter verify --emoji`. Frag\n"
                           "ihn, wir haben zehn Minuten."),
    [TEXT_KEY_UNVERIFIED] = ("{name}: Dein Client gibt nur geprüften\n"
                             "Geräten Schlüssel, ich lese dich nicht.\n"
                             "Verifiziere mich oder lass ungeprüfte\n"
                             "zu, und sag es noch mal."),
    [TEXT_KEY_WITHHELD] = ("{name}: Dein Client gibt mir den\n"
                           "Schlüssel dazu nicht. Gib mein Gerät\n"
                           "frei oder starte den Client neu, und sag\n"
                           "es noch mal."),
    [TEXT_LEFT_BEHIND] = ("{name}: Du hast einen Raum erneuert,\n"
                          "und ich komme in den neuen nicht hinein.\n"
                          "Lade mich ein, dann zieht alles mit um."),
    [TEXT_OPERATOR_IDENTITY] = ("{name}\nhat eine neue Identität und hört nichts,\n"
                                "bis sie bestätigt ist, oder Emoji es\n"
                                "zeigen: `spotter verify --emoji`."),
    [TEXT_OPERATOR_VERIFICATION] = ("{name}\nwill binnen zehn Minuten Emoji mit mir\n"
                                    "vergleichen: `spotter verify --emoji`."),
    [TEXT_OPERATOR_LEFT_BEHIND] = ("{name}\nhat einen Raum erneuert, und ich komme\n"
                                   "nicht in den neuen. Das ist gesagt."),
    [TEXT_HINT] = "Ich lese Sätze wie `bank 80x8 @1`.\n`help` zeigt, was ich noch kann.",
    [TEXT_HINT_AGAIN] = "Darin ist kein Satz. `help` zeigt, wie.",
    [TEXT_HINT_QUESTION] = "Das weiß ich nicht. Frag „was jetzt?“\noder „wie lief Bank letztes Mal?“; `help`.",
    [TEXT_CHOICE] = "Was davon meinst du?",
    [TEXT_HINT_NAMED] = "{exercise} lese ich, aber keinen Satz.\nTippe zum Beispiel `{example}`.",
    [TEXT_HINT_NUMBER] = "`{text}` allein ist kein Satz.\nTippe `80x8`, oder `x8` beim letzten\nGewicht.",
    [TEXT_THANKS] = "Gern.",
    [TEXT_HOW_TO_WRITE] = ("`bank 80x8 @1`: 80 kg, 8 Wdh., RIR 1\n"
                           "`80x8 rpe 9`: dieselbe Übung\n"
                           "`x7 @0`: auch dasselbe Gewicht\n"
                           "`+2,5 x6`: 2,5 mehr als zuvor\n"
                           "`squat 3x5 100kg`: drei Sätze zu fünf\n"
                           "`pull-ups x8`, `bw+10 x6`: Körpergewicht\n"
                           "`80x5 fail`: die sechste ging nicht\n"
                           "`80x6 form`: die Technik brach ein\n"
                           "`yesterday: bank 80x8`: ein anderer Tag"),
    [TEXT_WRITE_DROP] = "Dropsatz: `curl 20x10 > 15x8 > 10x6`.",
    [TEXT_WRITE_MYO] = "Myo-Reps: `curl 20x15 myo 5 4 3`.\nCluster: `cluster bank 90x2+2+2`.",
    [TEXT_WRITE_SUPERSET] = "Notier jeden, wie er kommt. Im Plan im\nWechsel: `plan curl 3x10 + dip 3x8`.",
    [TEXT_WRITE_WARMUP] = "Aufwärmsatz: `bank 60x5 warmup`.",
    [TEXT_WRITE_SIDE] = "Beide gleich: `curl 20x8 each`.\nRechts, links: `curl 20 x 8|7`.",
    [TEXT_WRITE_BODYWEIGHT] = "`pullups x8`; mehr: `pullups +10 x6`,\nmit Hilfe: `dips assisted 20 x8`.",
    [TEXT_WRITE_FAILURE] = "Versagen: `curl 20x12 to failure`. Die\nfünfte nicht geschafft: `bank 100x4 fail`.",
    [TEXT_RIR] = ("RIR: saubere Wdh., die noch gingen.\n"
                  "`@0` keine, `@1` eine, `@2` zwei.\n"
                  "RPE ist 10 minus RIR: `rpe 9` ist `@1`.\n"
                  "Die meisten Sätze: `@1` bis `@3`."),
    [TEXT_COMMAND_MISFIT] = "So geht `{name}` nicht.\n`help {name}` sagt, wie.",
    [TEXT_UNKNOWN_COMMAND] = "`{name}` kenne ich nicht.\n`help` zeigt, was ich kenne.",
    [TEXT_IN_THE_FUTURE] = "Der Tag kommt erst noch.",

    /* sets and advice */
    [TEXT_SETS] = "{count} Sätze",
    [TEXT_ONE_SET] = "1 Satz",
    [TEXT_NO_SETS] = "keine Sätze",
    [TEXT_NEXT_SET] = "Weiter: {set}, RIR {reserve}",
    [TEXT_LAST_SET] = "Finale: {set}, RIR {reserve}",
    [TEXT_THE_SAME] = "dasselbe",
    [TEXT_WORKING_SET] = "ein Arbeitssatz",
    [TEXT_STOP_EXERCISE] = "Für heute Schluss mit dieser Übung.",
    [TEXT_NEXT_EXERCISE] = "{done} Arbeitssätze: nächste Übung.",
    [TEXT_REST_DAY] = "Genug für heute: ruh dich aus.",
    [TEXT_DELOAD] = "Zeit für eine leichtere Woche.",
    [TEXT_DELOAD_HOW] = "phase deload until {date}",
    [TEXT_RESET] = "Nächstes Mal neu aufbauen ab {set}",
    [TEXT_NEXT_REST] = ", Pause {rest}",
    [TEXT_REST] = "Pause {rest}.",
    [TEXT_NEXT_TIME] = "Nächstes Mal: {set}, RIR {reserve}",
    [TEXT_NEXT_UNKNOWN] = "{exercise} steht noch nicht im Log:\nfang leicht an und tippe den Satz.",
    [TEXT_RECORD] = "Rekord: {what}",
    [TEXT_RECORD_LOAD] = "Gewicht {load}",
    [TEXT_RECORD_REPS] = "{load} x {reps}",
    [TEXT_RECORD_E1RM] = "e1RM {load}",
    [TEXT_RECORD_VOLUME] = "Volumen {load}",
    [TEXT_REASON_FALLING] = "Deine Kraft lässt nach.",
    [TEXT_REASON_SIGNS] = "Deine Check-ins bleiben niedrig.",
    [TEXT_REASON_SPENT] = "{value} Übungen brachen heute ein.",
    [TEXT_REASON_RESET] = "Zweimal in Folge fehlten Wdh.",
    [TEXT_REASON_CALIBRATE] = "Bis zum Versagen: ein Test deiner RIR.",
    [TEXT_REASON_PAIN] = "Nichts mehr, wo es wehtut. Bleibt es,\nlass es ärztlich ansehen.",
    [TEXT_REASON_FORM] = "Die Technik brach ein.",
    [TEXT_REASON_DROP] = "Wdh. fielen von {limit} auf {value}: genug.",
    [TEXT_REASON_OVERSHOOT] = "Härter als geplant: RIR {value} statt {target}.",
    [TEXT_REASON_CHEAT] = "Abgefälschtes wird nicht gemessen.",
    [TEXT_REASON_POUNDS] = "Immer Pfund? Tippe `units lb`.",
    [TEXT_REASON_DELOAD] = "Deload: mit Absicht leicht.",
    [TEXT_REASON_WARMUP] = "Zählt als Aufwärmsatz.",
    [TEXT_REASON_LOAD_UP] = "Da war mehr drin: mehr Gewicht.",
    [TEXT_REASON_LOAD_DOWN] = "Leichter, damit du im Bereich bleibst.",
    [TEXT_REASON_FAILURE_OK] = "Der darf bis zum Versagen gehen.",
    [TEXT_REASON_GATE_PAIN] = "Kein Versagen, wo es wehtut.",
    [TEXT_REASON_GATE_SLEEP] = "Müde: heute kein Versagen.",
    [TEXT_REASON_GATE_DEFICIT] = "Im Defizit: kein Versagen.",
    [TEXT_REASON_GATE_SPACING] = "Kein Versagen: erst {value} von {limit} h.",

    /* the rest timer */
    [TEXT_REST_UNTIL] = "Pause {rest}: um {time} rufe ich dich.",
    [TEXT_REST_OVER_SINCE] = "Deine Pause von {rest} ist vorbei.",
    [TEXT_REST_OVER] = "Deine Pause ist vorbei.",
    [TEXT_REST_OFF] = "Es läuft keine Pause mehr.",
    [TEXT_REST_NONE] = "Keine Pause zu zählen. Tippe, wie lang:\n`rest 90` oder `rest 2:30`.",
    [TEXT_REST_ENOUGH] = "{rest} reicht: ich würde {advised} pausieren.",
    [TEXT_REST_SHORT] = "{rest} ist etwas kurz: besser {advised}.",
    [TEXT_REST_REFUSED] = "Pause {value} kann ich nicht lesen. Bis\nzu einer Stunde: `rest 2:30`, `rest off`.",

    /* plans and sessions */
    [TEXT_LEAD] = "Weiter: {exercise}, Satz {number} von {total}:",
    [TEXT_LEAD_SET] = "{set}, RIR {reserve}",
    [TEXT_LEAD_EFFORT] = "RIR {reserve}",
    [TEXT_PLAN] = "*Plan*: {sets}",
    [TEXT_PLAN_NONE] = "Nichts ist geplant. Tippe es so:\n`plan bank 4x6-8 @2, row 3x10`",
    [TEXT_PLAN_WAITS] = "Er beginnt mit seinem ersten Satz oder\nmit `start`.",
    [TEXT_PLAN_DROPPED] = "Der Plan ist verworfen.",
    [TEXT_PLAN_DONE] = "Das war der Plan. `done` fasst zusammen.",
    [TEXT_PLAN_USAGE] = "Tippe es so:\n`plan bank 4x6-8 @2, row 3x10`",
    [TEXT_PLAN_NO_EXERCISE] = "`{part}`: welche Übung?\nNenne sie zuerst: `bank 4x6-8 @2`.",
    [TEXT_PLAN_UNKNOWN] = "*{part}* kenne ich nicht.\nEin Plan geht so: `bank 4x6-8 @2`.",
    [TEXT_PLAN_NEAR] = "*{part}* kenne ich nicht. Meinst du\n{near}?\nTippe den Plan damit.",
    [TEXT_PLAN_UNCLEAR] = "`{part}` kann ich da nicht lesen.\nEin Plan geht so: `bank 4x6-8 @2`.",
    [TEXT_PLAN_EFFORT] = "`{part}` kann RIR oder RPE sein.\nTippe `rir 2` oder `rpe 8`.",
    [TEXT_PLAN_IMPOSSIBLE] = "`{part}` kann nicht sein.\nEin Plan geht so: `bank 4x6-8 @2`.",
    [TEXT_PLAN_TOO_LONG] = "Das ist zu lang: höchstens {count} Übungen.",
    [TEXT_PLAN_SKIPPED] = "ausgelassen",
    [TEXT_PLAN_ITEM_DONE] = "fertig",
    [TEXT_PLAN_PROGRESS] = "({count} von {total} fertig)",
    [TEXT_PLAN_WITHIN] = "Wie geplant.",
    [TEXT_PLAN_EASIER] = "Leichter als geplant: RIR {value} statt {target}.",
    [TEXT_PLAN_REPS] = "{value} Wdh. statt {target} wie geplant.",
    [TEXT_PLAN_ASK] = "Wie viele gingen noch? `fix @1` sagt es.",
    [TEXT_SKIPPED] = "Ausgelassen: {exercise}.",
    [TEXT_SKIPPED_SET] = "Einen Satz {exercise} ausgelassen.",
    [TEXT_SKIP_NONE] = "Kein geplanter Satz steht an.",
    [TEXT_TEMPLATE] = "*{name}*: {sets}",
    [TEXT_TEMPLATE_SAVED] = "*{name}* ist gemerkt: {sets}",
    [TEXT_TEMPLATE_HOW] = "`start {name}` beginnt damit.",
    [TEXT_TEMPLATES] = "Vorlagen: {names}.\n`start` und ein Name beginnt damit.",
    [TEXT_TEMPLATES_NONE] = "Noch keine Vorlagen. Merk dir eine so:\n`template push: bank 4x6-8 @2`",
    [TEXT_TEMPLATES_FULL] = "Du hast 100 Vorlagen: kein Platz für\n{name}.",
    [TEXT_TEMPLATE_UNKNOWN] = "Die Vorlage {name} kenne ich nicht.\nDu hast {names}.",
    [TEXT_TEMPLATE_NO_PLAN] = "Es ist nichts zum Merken geplant. Tippe\n`template {name}: bank 4x6-8 @2`.",
    [TEXT_TEMPLATE_USAGE] = "Ein Buchstabe beginnt ihren Namen:\n`template push: bank 4x6-8 @2`.",
    [TEXT_TEMPLATE_FORGOTTEN] = "Die Vorlage *{name}* ist gelöscht.",
    [TEXT_STARTED] = "Los geht's: {sets}.",
    [TEXT_STARTED_TEMPLATE] = "*{name}* beginnt: {sets}.",
    [TEXT_START_WHICH] = "Welche? {names}.\nTippe es so: `start {first}`.",
    [TEXT_SESSION] = "*Training*: {sets}, {minutes} min",
    [TEXT_SESSION_SHORT] = "*Training*: {sets}",
    [TEXT_SESSION_RECORD] = "Rekord, {exercise}: {what}",
    [TEXT_SESSION_EFFORT] = "Anstrengung: {counts}",
    [TEXT_SESSION_WITHIN] = "{count} im Ziel",
    [TEXT_SESSION_HARDER] = "{count} zu hart",
    [TEXT_SESSION_EASIER] = "{count} zu leicht",
    [TEXT_SESSION_UNDONE] = "Offen blieb: {list}",
    [TEXT_SESSION_NEXT_HEAD] = "Nächstes Mal:",
    [TEXT_SESSION_NEXT] = "{exercise} {set}, RIR {reserve}",
    [TEXT_SESSION_NONE] = "Es läuft kein Training. Dein nächster\nSatz beginnt eins.",
    [TEXT_SESSION_EMPTY] = "Kein Satz gemacht: Plan verworfen.",
    [TEXT_SESSION_ELSEWHERE] = "Training beendet. Hier hast du keine\nSätze getippt.",

    /* asking */
    [TEXT_ASK_NAME_NEAR] = "*{name}* kenne ich nicht. Meinst du",
    [TEXT_ASK_NAME] = "*{name}* kenne ich nicht.\nAntworte mit dem üblichen Namen.",
    [TEXT_ASK_NAME_NEW] = "Oder neu: `new exercise {name}`",
    [TEXT_ASK_EXERCISE] = "{sets}: welche Übung?",
    [TEXT_ASK_EXERCISE_NEW] = "{sets}: welche Übung?\nAntworte mit dem Namen, wie `bank`.",
    [TEXT_ASK_BEFORE] = "Auch die Nachricht davor wartet darauf.",
    [TEXT_ASK_BEFORE_MANY] = "Auch die {count} davor warten darauf.",
    [TEXT_ASK_LOAD] = "{sets}: mit welchem Gewicht?\nAntworte damit, wie `80`.",
    [TEXT_ASK_ORDER] = "{text}: was davon?",
    [TEXT_ASK_ORDER_SETS] = "{count} Sätze zu {reps}",
    [TEXT_ASK_ORDER_LOAD] = "{load}, {reps} Wdh.",
    [TEXT_NOTATION_KEPT] = "Notiert: `notation {value}`",
    [TEXT_ASK_JUMP] = "{set}: wirklich?\nDas ist {over} % über deinem Besten.",
    [TEXT_ASK_JUMP_YES] = "ja, eintragen",
    [TEXT_ASK_JUMP_NO] = "`cancel` verwirft es.",
    [TEXT_ANSWER_OUT_OF_RANGE] = "1 bis {count}, bitte, oder `cancel`.",
    [TEXT_ANSWER_ONE] = "1, bitte, oder `cancel`.",
    [TEXT_ANSWER_IN_WORDS] = "Welche Übung? Tippe den Namen, wie\n`bank`, oder `cancel`.",
    [TEXT_CANCELLED] = "Verworfen: {text}",
    [TEXT_ASK_GUESS] = "Nicht sicher. Meinst du",
    [TEXT_OR_INSTEAD] = "{sets}, statt {old}",
    [TEXT_OR_FURTHER] = "{sets}, noch ein Satz",
    [TEXT_SOMETHING_ELSE] = "etwas anderes",
    [TEXT_SAME_BAND] = "gleiches Band",
    [TEXT_HURTS] = "`pain {place} 2` zählt es (0-3).",
    [TEXT_HURTS_WHERE] = "Wo? `pain knee 2` zählt es (0-3).",
    [TEXT_STILL_OPEN] = "Noch offen: {text}",
    [TEXT_OPEN_BEFORE] = "Noch offen: {text}\nErst darauf antworten: die Nummer,\noder nein.",
    [TEXT_UNREAD] = "Nicht verstanden:\n{text}",
    [TEXT_UNREAD_BEFORE] = ("Nicht verstanden:\n{text}\n"
                            "Tippe das zuerst noch einmal."),
    [TEXT_NOTHING_WAITS] = "Es wartet nichts. `undo` nimmt den\nletzten Satz zurück.",
    [TEXT_NOTHING_ADVISED] = "Gerade ist kein nächster Satz offen.",
    [TEXT_ADVICE_OLD] = "Nichts eingetragen: der Rat ist alt.\n`next` zeigt, was jetzt kommt.",
    [TEXT_NOTHING_TO_REPEAT] = "Noch kein Satz, von dem es weitergeht.\nTippe einen, wie `bank 80x8 @1`.",
    [TEXT_NOTHING_TO_CORRECT] = "Es gibt keinen Satz zu korrigieren.",
    [TEXT_CORRECT_ELSEWHERE] = "Dein letzter Satz ist nicht aus diesem\nRaum: korrigier ihn dort.",
    [TEXT_FIX_WRITTEN] = "Der Satz steht in einem anderen Log:\n`undo`, und neu tippen.",
    [TEXT_UNDO_WRITTEN] = "Dein letzter Schritt ist in einem Log,\nin das du nicht mehr schreibst.",
    [TEXT_FIX_HELD] = "Das war gehalten: tippe es wie `45s`.",
    [TEXT_NEWEST_IS] = "Der letzte war {set}.",
    [TEXT_NO_SUCH_SET] = "So einen Satz sehe ich heute nicht.",
    [TEXT_CHANGED_SINCE] = "Der Satz ist nicht mehr, wie er war.",
    [TEXT_UNDO_DAY_CHANGED] = "Der Tag hat inzwischen andere Sätze:\nsag es noch einmal.",
    [TEXT_FIX_WHOLE] = "Mit welchem Gewicht? Tippe alles, wie\n`fix {set}`.",
    [TEXT_PIECE_UNCLEAR] = "Ist das Gewicht gemeint oder die Wdh.?\nTippe es wie `82.5kg` oder `x6`.",
    [TEXT_TOO_HEAVY] = "Weniger: `-10% x{reps}`. Nach dem Log:",
    [TEXT_TOO_HEAVY_HOW] = "Wie schwer war's? Etwa `that was @0`.\nWeniger: `-10% x{reps}`.",
    [TEXT_TOO_LIGHT] = "Mehr: `+5% x{reps}`. Nach dem Log:",
    [TEXT_TOO_LIGHT_HOW] = "Wie leicht war's? Etwa `that was @4`.\nMehr: `+5% x{reps}`.",
    [TEXT_SPARE_HOW] = "Wie viele Wdh. waren noch drin?\nEtwa `that was @2`.",
    [TEXT_SICK] = "Ruh dich aus, es geht nichts verloren.\nDanach leicht: `phase deload`.",
    [TEXT_UNWELL] = "Schluss für heute, setz dich hin. Bleibt\nes oder kommt es wieder: zum Arzt.",
    [TEXT_TIRED] = ("Aufwärmen, ein Satz, und sag die RIR:\ndie sagt mehr, als wie du dich fühlst.\nWenig Schlaf, "
                    "Stress: `slept 5h`,\n`stress high`."),
    [TEXT_AWAY] = "Schöne Zeit. Danach leicht anfangen:\n`phase deload`. So lange keine Fragen:\n`checkin off`.",
    [TEXT_SHORT_TIME] = "Dann nur, was jetzt kommt, und zur Zeit\nSchluss: die Woche zählt (R10).",
    [TEXT_REMIND] = "An Trainingstage erinnere ich nicht.\nFragen jede Woche: `checkin wed 18:00`.",
    [TEXT_BYE] = "Bis dann.",
    [TEXT_SORE] = "Lässt er beim Aufwärmen nach: trainier.\nTut es weh: `pain knee 2`.",
    [TEXT_CARDIO] = "Ausdauer notiere ich nicht, nur Sätze.",
    [TEXT_GEAR] = "`swap bank` nennt Übungen für dieselben\nMuskeln mit anderem Gerät.",
    [TEXT_BACK] = "Schön, dass du wieder da bist. Fang\nleicht an: eine Woche `phase deload`.",
    [TEXT_WHO] =
        "Ich bin Spotter, ein Bot zum Trainieren:\nIch logge deine Sätze und sage, was\nkommt. `help` zeigt alles.",
    [TEXT_KEPT] = ("Deine Sätze, Einstellungen und was du\n"
                   "von dir sagst. `export` gibt dir das\n"
                   "Log, `share` sagt, wer es hier sieht,\n"
                   "und `forget me` löscht alles."),
    [TEXT_PROGRAMME] = ("Fertige Pläne habe ich nicht. Tippe\n"
                        "deinen: `plan bench 3x8, row 3x10`, oder\n"
                        "einen je Tag: `template push: bench 3x8`.\n"
                        "Gewicht, RIR und Pause sage ich dabei."),
    [TEXT_BACKOFF] = "Ein leichterer Satz nach dem schweren:\n`-10% x8` bucht ihn, 10 % leichter.",
    [TEXT_TECHNIQUE] = "Technik sehe und zeige ich nicht:\nfrag jemanden dort oder film einen Satz.",
    [TEXT_TRAINING_MAX] = ("Ein Trainingsmaximum nutze ich nicht:\ndeine Sätze und ihre RIR sagen das\nGewicht. `next "
                           "squat` nennt es,\n`1rm squat`, was du könntest."),
    [TEXT_COMPETITION] = "Auf einen Termin plane ich nicht. Ich\nkenne: `goal strength`, `phase deload`.",

    /* first contact */
    [TEXT_CONTACT_INTRO] = "Kurz gefragt; `skip` nimmt die Vorgabe.",
    [TEXT_CONTACT_LANGUAGE] = "English: `language {other}`.",
    [TEXT_CONTACT_DEFAULT] = "{option} (Vorgabe)",
    [TEXT_CONTACT_ENDED] = "Keine Fragen mehr. `settings` hat sie.",
    [TEXT_CONTACT_EXPERIENCE] = "Wie lange trainierst du schon?",
    [TEXT_CONTACT_UNDER_ONE] = "unter einem Jahr",
    [TEXT_CONTACT_ONE_TO_THREE] = "1 bis 3 Jahre",
    [TEXT_CONTACT_OVER_THREE] = "über 3 Jahre",
    [TEXT_CONTACT_GOAL] = "Wofür trainierst du?",
    [TEXT_CONTACT_MUSCLE] = "Muskeln",
    [TEXT_CONTACT_STRENGTH] = "Kraft",
    [TEXT_CONTACT_FITNESS] = "Fitness",
    [TEXT_CONTACT_UNITS] = "In welcher Einheit?",
    [TEXT_CONTACT_KG] = "Kilogramm",
    [TEXT_CONTACT_LB] = "Pfund",

    /* quiet rooms */
    [TEXT_QUIET_ON] = ("Hier ist es ruhig: Sätze quittiert ein\n"
                       "Zeichen, Wichtiges sage ich. `next` gibt\n"
                       "Rat, `quiet off` beendet es."),
    [TEXT_QUIET_OFF] = "Hier ist es nicht ruhig: Sätze werden in\nWorten beantwortet. `quiet on` ändert es.",
    [TEXT_QUIET_EXPECTED] = "Tippe `quiet on` oder `quiet off`.",
    [TEXT_QUIET_REFUSED] = "Das ist Sache der Moderation hier.",

    /* taking back */
    [TEXT_UNDONE_LOG] = "Zurückgenommen: {sets}",
    [TEXT_UNDONE_CORRECTION] = "Korrektur zurückgenommen. Wieder: {sets}",
    [TEXT_UNDONE_REMOVAL] = "Wieder da: {sets}",
    [TEXT_NOTHING_TO_UNDO] = "Es gibt nichts zurückzunehmen.",
    [TEXT_UNDO_STAYS] = ("`{deed}` bleibt: undo kann das nicht.\n"
                         "Noch ein `undo`: der Schritt davor."),
    [TEXT_SETTINGS_TOLD] = "Das ist nur für dich: ich hab es dir in\nunserem Direktchat gesagt.",
    [TEXT_SETTINGS_ALONE] = "Das ist nur für dich: frag mich in einem\nDirektchat.",
    [TEXT_SEEN_HERE] = "Hier sage ich nur, was du hier getippt\nhast: `help share`.",
    [TEXT_UNDONE_ELSEWHERE] = "Zurückgenommen: dein letzter Schritt,\nin einem anderen Chat.",
    [TEXT_UNDO_USAGE] = "`undo` nimmt den letzten Schritt zurück,\nnoch einmal getippt den davor.",
    [TEXT_UNDO_DAY_ASK] = "{sets} vom {date} zurücknehmen?\nja oder nein.",
    [TEXT_UNDO_DAY_DONE] = "Zurückgenommen: {sets} vom {date}.\n`undo` macht es rückgängig.",
    [TEXT_REMOVED] = "Entfernt:",
    [TEXT_INSTEAD_OF] = "Statt {sets}.",
    [TEXT_TAKEN_BACK] = "Zurückgenommen:",
    [TEXT_NO_LONGER_SET] = "Kein Satz mehr:",
    [TEXT_REMOVED_QUESTION] = "Frage mit ihrer Nachricht verworfen.",

    /* read late */
    [TEXT_SUMMARY] = "{sets} nachgetragen, ich war weg:",
    [TEXT_SUMMARY_NO_SETS] = "Aus der Zeit, als ich weg war:",
};
