# Spotter. `make` builds build/spotter; `make demo` shows it at work; `make test` tests it. `make help` lists the rest.
#
#   SAN=1   AddressSanitizer and UndefinedBehaviorSanitizer, in build/san
#   O=DIR   another build folder
#   V=1     show the commands

PREFIX ?= /usr/local
DESTDIR ?=
SYSCONFDIR ?= /etc
UNITDIR ?= $(PREFIX)/lib/systemd/system
MANDIR ?= $(PREFIX)/share/man
INSTALLED := $(PREFIX)/bin/spotter $(MANDIR)/man1/spotter.1 $(UNITDIR)/spotter.service $(SYSCONFDIR)/spotter/spotter.conf.sample $(SYSCONFDIR)/spotter/effort.policy.sample
VERSION := $(shell cat VERSION)

ifeq ($(FUZZ),1)
O ?= build/fuzz
else ifeq ($(SAN),1)
O ?= build/san
else
O ?= build
endif
Q := $(if $(V),,@)
.DEFAULT_GOAL := all
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

# ---------------------------------------------------------------- what must be installed

PACKAGES_BUILD := gcc libc6-dev make pkg-config libcurl4-openssl-dev libevent-dev libolm-dev libjson-c-dev libssl-dev \
	libsqlite3-dev libconfuse-dev libutf8proc-dev libglib2.0-dev libcsv-dev libqrencode-dev gawk
PACKAGES_TEST := $(PACKAGES_BUILD) libcmocka-dev python3 python3-venv libfaketime systemd ngircd inspircd atheme-services valgrind
PACKAGES_PEERS := $(PACKAGES_TEST) chromium fonts-noto-color-emoji
PACKAGES_FUZZ := $(PACKAGES_TEST) clang-14 libclang-rt-14-dev
PACKAGES_LINT := $(PACKAGES_FUZZ) clang-tidy-14 clang-format-14 pmccabe

# Only what is missing is asked of apt, and nothing when nothing is. A fresh machine's own upgrade may hold apt's lock: it is waited for.
APT := env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300
missing = $(shell for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done)
define install_packages
$(Q)missing='$(call missing,$(1))'; if [ -n "$$missing" ]; then \
	echo "installing by apt: $$missing"; \
	run=; if [ "$$(id -u)" != 0 ]; then run=sudo; \
		command -v sudo >/dev/null || { echo 'without sudo, let root run: make $@' >&2; exit 1; }; fi; \
	$$run $(APT) update >/dev/null && $$run $(APT) install -y --no-install-recommends $$missing >/dev/null; fi
endef

.PHONY: deps deps-test deps-peers deps-fuzz deps-lint
deps:
	$(call install_packages,$(PACKAGES_BUILD))
deps-test:
	$(call install_packages,$(PACKAGES_TEST))
deps-peers:
	$(call install_packages,$(PACKAGES_PEERS))
deps-fuzz:
	$(call install_packages,$(PACKAGES_FUZZ))
deps-lint:
	$(call install_packages,$(PACKAGES_LINT))

# The rules below ask pkg-config, which a fresh machine only has after `deps`: the work is done by a second make, on every core.
ifneq ($(DEPS_READY),1)
STAGED_BUILD := all run install docs
STAGED_TEST := soak attacks properties demo unit unit-programs replay e2e irc fault kill interop bench sim recurrence
STAGED_PEERS := peers
STAGED_FUZZ := test fuzz fuzz-build fuzz-short
STAGED_LINT := lint lint-includes lint-house lint-format lint-lengths lint-headers lint-tidy format
.PHONY: $(STAGED_BUILD) $(STAGED_TEST) $(STAGED_PEERS) $(STAGED_FUZZ) $(STAGED_LINT)
# Two of them at once would build the same files twice; each is parallel in itself.
.NOTPARALLEL:
again = $(Q)$(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc)) DEPS_READY=1 $@
$(STAGED_BUILD): deps
	+$(again)
$(STAGED_TEST): deps-test
	+$(again)
$(STAGED_PEERS): deps-peers
	+$(again)
$(STAGED_FUZZ): deps-fuzz
	+$(again)
$(STAGED_LINT): deps-lint
	+$(again)
else

# ---------------------------------------------------------------- compiler

CC := $(if $(filter 1,$(FUZZ)),clang-14,gcc)
PKGS := libcurl libevent_core libevent_extra libevent_openssl olm json-c libssl libcrypto sqlite3 libconfuse libutf8proc glib-2.0 libqrencode
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS))
PKG_LIBS := $(shell pkg-config --libs $(PKGS)) -lcsv -lm
WARN := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wwrite-strings -Wformat=2 -Wpointer-arith -Wcast-qual -Wundef
CORE_WARN := -Wconversion -Wno-sign-conversion
HARDEN := -fstack-protector-strong -fPIE -fno-common -fno-strict-aliasing
LDHARDEN := -pie -Wl,-z,relro,-z,now,-z,pack-relative-relocs,--as-needed
ifeq ($(FUZZ),1)
OPT := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDHARDEN :=
else ifeq ($(SAN),1)
OPT := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDHARDEN := -pie
else
OPT ?= -O2 -g -D_FORTIFY_SOURCE=2 -fstack-clash-protection -fcf-protection
endif
# What each line that is typed goes through: more is inlined there, in the program across files, too, which takes seconds to link: LTO=0
# does without, as tests do.
LTO ?= 1
BUSY := core/text core/lift core/notation bot/chat
BUSY_OPT := $(if $(filter -O2,$(OPT)),-O3 $(if $(filter 1,$(LTO)),-flto=auto -ffat-lto-objects))
CFLAGS_ALL := -std=c17 -D_GNU_SOURCE -I. -I$(O)/gen $(WARN) $(OPT) -fno-lto $(HARDEN) $(PKG_CFLAGS) -DSPOTTER_VERSION=$(VERSION) $(CFLAGS)
LINK = $(CC) $(OPT) $(LDHARDEN) $(LDFLAGS)

# ---------------------------------------------------------------- rooms: each an archive, each with what it may link

ROOMS := core/base core/text core/lift core/notation core/effort bot/log bot/loop bot/http bot/json bot/crypto bot/e2ee \
	bot/matrix bot/irc bot/console bot/chat bot/coach bot/schedule bot/store bot/service bot/settings bot/exchange
NEEDS_core/base :=
NEEDS_core/text := core/base
NEEDS_core/lift := core/text $(NEEDS_core/text)
NEEDS_core/notation := core/lift $(NEEDS_core/lift)
NEEDS_core/effort := core/lift $(NEEDS_core/lift)
CORE := core/notation core/effort core/lift core/text core/base
NEEDS_bot/log := core/base
NEEDS_bot/loop := bot/log core/base
NEEDS_bot/http := bot/loop $(NEEDS_bot/loop)
NEEDS_bot/json := bot/log core/base
NEEDS_bot/crypto := bot/log core/base
NEEDS_bot/e2ee := bot/json bot/crypto bot/log core/base
NEEDS_bot/matrix := bot/e2ee bot/http bot/loop bot/json bot/crypto bot/log core/base
NEEDS_bot/irc := bot/loop bot/crypto bot/log core/text core/base
NEEDS_bot/schedule := bot/loop bot/log $(CORE)
NEEDS_bot/chat := bot/log $(CORE)
NEEDS_bot/coach := bot/chat bot/schedule bot/loop bot/log $(CORE)
NEEDS_bot/console := bot/coach bot/store $(NEEDS_bot/coach) bot/json
NEEDS_bot/store := bot/log $(CORE)
NEEDS_bot/service := bot/crypto bot/loop bot/log core/base
NEEDS_bot/settings := bot/log $(CORE)
NEEDS_bot/exchange := bot/log $(CORE)

lib = $(O)/lib/$(subst /,_,$(1)).a
SRC := $(wildcard core/*/*.c bot/*/*.c bot/*.c)
OBJ := $(SRC:%.c=$(O)/%.o)

.PHONY: all run
all: $(O)/spotter $(O)/compile_commands.json

$(O)/%.o: %.c $(O)/.settings
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(if $(filter core/%,$<),$(CORE_WARN)) $(if $(filter $(BUSY:=/%),$<),$(BUSY_OPT)) -MMD -MP -c -o $@ $<

# Data that is compiled in.
$(O)/core/lift/catalogue.o: $(O)/gen/catalogue_data.h
$(O)/core/effort/policy.o: $(O)/gen/policy_data.h
$(O)/core/notation/words.o: $(O)/gen/words_data.h
$(O)/bot/chat/phrase.o: $(O)/gen/phrases_data.h
$(O)/bot/chat/filler.o: $(O)/gen/fillers_data.h
$(O)/bot/chat/fact_word.o: $(O)/gen/facts_data.h
$(O)/bot/chat/subject.o: $(O)/gen/subjects_data.h
$(O)/bot/store/migrate.o: $(O)/gen/migrations.h

# A change of flags rebuilds.
FLAGS_NOW := $(CC) $(CFLAGS_ALL) $(BUSY_OPT) $(LDHARDEN) $(LDFLAGS)
$(O)/.settings: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(FLAGS_NOW))' | cmp -s - $@ || echo '$(subst ','\'',$(FLAGS_NOW))' >$@
FORCE:

$(O)/gen/catalogue_data.h: config/exercises.tsv config/exercises.de.tsv config/catalogue.awk config/hash.awk
	@mkdir -p $(@D)
	$(Q)gawk -f config/catalogue.awk config/exercises.tsv config/exercises.de.tsv >$@
$(O)/gen/words_data.h: config/words.tsv config/words.awk config/hash.awk config/row.awk
	@mkdir -p $(@D)
	$(Q)gawk -f config/words.awk config/words.tsv >$@
$(O)/gen/phrases_data.h: config/phrases.tsv config/phrases.awk config/hash.awk config/row.awk
	@mkdir -p $(@D)
	$(Q)gawk -f config/phrases.awk config/phrases.tsv >$@
$(O)/gen/fillers_data.h: config/fillers.tsv config/fillers.awk config/hash.awk config/row.awk
	@mkdir -p $(@D)
	$(Q)gawk -b -f config/fillers.awk config/fillers.tsv >$@
$(O)/gen/facts_data.h: config/facts.tsv config/phrases.tsv config/facts.awk config/hash.awk config/row.awk
	@mkdir -p $(@D)
	$(Q)gawk -f config/facts.awk config/facts.tsv config/phrases.tsv >$@
$(O)/gen/subjects_data.h: config/subjects.tsv config/subjects.awk config/hash.awk config/row.awk
	@mkdir -p $(@D)
	$(Q)gawk -b -f config/subjects.awk config/subjects.tsv >$@
$(O)/gen/policy_data.h: config/effort.policy config/policy.awk config/row.awk
	@mkdir -p $(@D)
	$(Q)gawk -f config/policy.awk config/effort.policy >$@
$(O)/gen/migrations.h: $(wildcard config/migrations/*.sql) config/migrations.awk
	@mkdir -p $(@D)
	$(Q)gawk -f config/migrations.awk $(sort $(wildcard config/migrations/*.sql)) >$@

define room_rules
$(call lib,$(1)): $(patsubst %.c,$(O)/%.o,$(wildcard $(1)/*.c))
	@mkdir -p $$(@D)
	$$(Q)rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach room,$(ROOMS),$(eval $(call room_rules,$(room))))

$(O)/spotter: $(patsubst %.c,$(O)/%.o,$(wildcard bot/*.c)) $(foreach room,$(ROOMS),$(call lib,$(room)))
	$(Q)$(LINK) $(BUSY_OPT) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)

$(O)/compile_commands.json: Makefile tests/lint/compile_commands.awk $(SRC)
	@mkdir -p $(@D)
	$(Q)printf '%s\n' $(SRC) | gawk -v dir='$(CURDIR)' -v command='$(CC) $(CFLAGS_ALL)' -f tests/lint/compile_commands.awk >$@

# What the documents say of the chat's commands, between their marks, is the table's.
.PHONY: docs
docs: $(O)/spotter
	$(Q)$< help --man >$(O)/commands && gawk -i inplace -f config/splice.awk -v with=$(O)/commands config/spotter.1
	$(Q)$< help --markdown >$(O)/commands && gawk -i inplace -f config/splice.awk -v with=$(O)/commands README.md
	$(Q)rm -f $(O)/commands

run: all
	$(Q)$(O)/spotter console

# ---------------------------------------------------------------- tests

# `make unit ROOM=core/notation` builds and runs that room's tests alone.
UNIT_SRC := $(wildcard tests/unit/core/*/test_*.c tests/unit/bot/*/test_*.c)
ifdef ROOM
UNIT_SRC := $(wildcard tests/unit/$(ROOM)/test_*.c)
endif
UNIT := $(UNIT_SRC:%.c=$(O)/%)

# What is not called test_… in a room's folder is help for its tests, linked to each.
unit_helpers = $(patsubst %.c,$(O)/%.o,$(filter-out tests/unit/$(1)/test_%,$(wildcard tests/unit/$(1)/*.c)))
define unit_rules
.SECONDARY: $(call unit_helpers,$(1))
$(O)/tests/unit/$(1)/%: tests/unit/$(1)/%.c $(call unit_helpers,$(1)) $(call lib,$(1)) $(foreach need,$(NEEDS_$(1)),$(call lib,$(need))) $(foreach also,$(TEST_NEEDS_$(1)),$(call lib,$(also)))
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CFLAGS_ALL) -MMD -MP -MF $$@.d -o $$@ $$< $$(filter %.o,$$^) $$(LDHARDEN) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $$(PKG_LIBS) -lcmocka -lpthread
endef
TEST_NEEDS_bot/store := bot/coach bot/chat bot/schedule bot/loop bot/e2ee bot/json bot/crypto
TEST_NEEDS_bot/matrix := bot/store bot/coach bot/chat bot/schedule core/notation core/effort core/lift core/text
TEST_NEEDS_bot/coach := bot/store bot/json bot/exchange
$(foreach room,$(ROOMS),$(eval $(call unit_rules,$(room))))

.PHONY: unit unit-programs
unit-programs: $(UNIT)
unit: unit-programs
	$(Q)status=0; for t in $(UNIT); do $$t || { echo "FAILED: $$t"; status=1; }; done; exit $$status

include tests/tests.mk

# ---------------------------------------------------------------- installation

.PHONY: install
install: $(O)/spotter
	install -D -m 755 $(O)/spotter $(DESTDIR)$(PREFIX)/bin/spotter
	install -D -m 644 config/spotter.1 $(DESTDIR)$(MANDIR)/man1/spotter.1
	install -D -m 644 config/spotter.conf $(DESTDIR)$(SYSCONFDIR)/spotter/spotter.conf.sample
	install -D -m 644 config/effort.policy $(DESTDIR)$(SYSCONFDIR)/spotter/effort.policy.sample
	install -d $(DESTDIR)$(UNITDIR)
	sed 's|@PREFIX@|$(PREFIX)|; s|@SYSCONFDIR@|$(SYSCONFDIR)|' systemd/spotter.service >$(DESTDIR)$(UNITDIR)/spotter.service

-include $(OBJ:.o=.d) $(wildcard $(O)/tests/unit/*/*/*.d)
endif

.PHONY: uninstall clean help
uninstall:
	rm -f $(addprefix $(DESTDIR),$(INSTALLED))
clean:
	rm -rf build
help:
	@echo 'make           build build/spotter (LTO=0 links faster, and reads a tenth slower)'
	@echo 'make run       the coach in this terminal, no server'
	@echo 'make demo      a throwaway homeserver, Spotter, and an encrypted chat with it'
	@echo 'make test      all tests'
	@echo 'make unit      unit tests (ROOM=core/notation for one room)'
	@echo 'make peers     encrypted conversations with matrix-js-sdk, mautrix-go and matrix-nio, and in a browser'
	@echo 'make properties  what holds for any history, over a million of them'
	@echo 'make bench     speed and memory'
	@echo 'make soak      a day of a busy gym in about an hour (HOURS=24)'
	@echo 'make attacks   takes each check against an attack out, and shows that its test notices (ROW=word for some)'
	@echo 'make sim       a year of training of simulated lifters, as a table'
	@echo 'make fuzz      20 minutes of each fuzzer (FUZZ_SECONDS=1200)'
	@echo 'make lint      includes, clang-tidy, format, lengths'
	@echo 'make format    clang-format in place'
	@echo 'make docs      the list of commands in README and man page, anew'
	@echo 'make install   PREFIX=/usr/local DESTDIR=; uninstall takes it back'
	@echo 'make deps      what the build needs, by apt'
