# lms-filters. `make` builds the stages into build/bin; `make check` runs every test.

VERSION = 0.1.0

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
DESTDIR =
PROGRAM_PREFIX = lms-

CC = gcc
CFLAGS = -O2 -g
BUILD = build

# What a stage is: stages/NAME/*.c, its man page beside it. A new one is a word in this list.
STAGES = extract classify-users apply-deactivation diff-config restore-config check-refresh \
	check-certs

# What each stage links besides the library; the tests of the library link all that it can need.
# libarchive for archives that are read, and extract's libcrypto, are loaded when they are needed.
LIBS = -lcsv -lpcre2-8
LIBS_archives = -lz -llzma -ldl
LIBS_extract = $(LIBS_archives)
LIBS_restore-config = -larchive $(LIBS_archives)
LIBS_check-certs = $(LIBS_archives) -lcrypto

STANDARD = -std=c17 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -Icommon
WARNINGS = -Wall -Wextra
WIDE = -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wundef -Wformat=2 -Wcast-qual \
	-Wwrite-strings -Wvla -Wimplicit-fallthrough -Wpointer-arith -Wswitch-enum -Werror

ifdef DEVELOPER
WARNINGS += $(WIDE)
endif
ifdef SANITIZE
STANDARD += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
endif

# Calls from one file into another are inlined too, in programs, where the compiler is gcc; clang
# would need another linker. LTO= leaves it out.
ifeq ($(findstring gcc,$(CC))$(SANITIZE),gcc)
LTO = -flto=auto -ffat-lto-objects
endif

COMMON = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %_test.c %_dump.c %_fuzz.c, \
	$(wildcard common/*.c))) $(BUILD)/common/schema_files.o
LIBRARY = $(BUILD)/libcommon.a
PROGRAMS = $(STAGES:%=$(BUILD)/bin/%)
TESTS = $(patsubst %.c,$(BUILD)/%,$(wildcard common/*_test.c stages/*/*_test.c))
DUMPS = $(patsubst %.c,$(BUILD)/%,$(wildcard common/*_dump.c))

all: $(PROGRAMS)

$(LIBRARY): $(COMMON)
	@rm -f $@
	ar rc $@ $(COMMON)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(STANDARD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) $(LTO) -MMD -MP -c -o $@ $<

$(BUILD)/common/schema_files.o: $(BUILD)/common/schema_files.c
	$(CC) $(STANDARD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) $(LTO) -c -o $@ $<

$(BUILD)/common/schema_files.c: $(wildcard schemas/*.csv) scripts/embed
	@mkdir -p $(@D)
	scripts/embed $(sort $(wildcard schemas/*.csv)) >$@.new
	mv $@.new $@

# A stage is all of its folder but the tests; a test is linked with what it tests.
stage_objects = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %_test.c %_fuzz.c, \
	$(wildcard stages/$(1)/*.c)))
define stage_rules
$(BUILD)/bin/$(1): $(call stage_objects,$(1)) $(LIBRARY)
	@mkdir -p $$(@D)
	$$(CC) $$(CFLAGS) $$(LTO) $$(LDFLAGS) -o $$@ $$^ $$(LIBS_$(1)) $$(LIBS)
$(BUILD)/stages/$(1)/%_test: $(BUILD)/stages/$(1)/%_test.o \
		$(filter-out $(BUILD)/stages/$(1)/$(1).o,$(call stage_objects,$(1))) $(LIBRARY)
	$$(CC) $$(CFLAGS) -fno-lto $$(LDFLAGS) -o $$@ $$^ $$(LIBS_$(1)) $$(LIBS)
endef
$(foreach stage,$(STAGES),$(eval $(call stage_rules,$(stage))))

$(BUILD)/common/%_test: $(BUILD)/common/%_test.o $(LIBRARY)
	$(CC) $(CFLAGS) -fno-lto $(LDFLAGS) -o $@ $^ -larchive $(LIBS_archives) $(LIBS)
$(BUILD)/common/%_dump: $(BUILD)/common/%_dump.o $(LIBRARY)
	$(CC) $(CFLAGS) -fno-lto $(LDFLAGS) -o $@ $^ $(LIBS)

tests: $(TESTS) $(DUMPS)

check: all tests
	scripts/test-all

check-long: all
	scripts/test-roundtrip --pairs 10000
	BUILD=$(BUILD) VALGRIND=1 scripts/test-all golden

mutate:
	scripts/mutate

bench: all
	scripts/bench

bench-growth: all
	scripts/bench-growth

bench-instructions: all
	BUILD=$(BUILD) scripts/bench-instructions

fuzz:
	scripts/fuzz

# Programs and man pages carry the prefix, so that no common word is taken in a system's bin.
install: all
	scripts/install-files '$(BUILD)' '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(MANDIR)' \
		'$(PROGRAM_PREFIX)' $(STAGES)

uninstall:
	rm -f $(STAGES:%='$(DESTDIR)$(BINDIR)/$(PROGRAM_PREFIX)%')
	rm -f $(STAGES:%='$(DESTDIR)$(MANDIR)/man1/$(PROGRAM_PREFIX)%.1')
	rm -f '$(DESTDIR)$(MANDIR)/man7/lms-filters.7'

clean:
	rm -rf $(BUILD)

.PHONY: all tests check check-long mutate fuzz bench bench-growth bench-instructions install \
	uninstall clean
.SECONDARY:

-include $(wildcard $(BUILD)/common/*.d $(BUILD)/stages/*/*.d)
