/* SPDX-License-Identifier: MIT */
/* An expression becomes a program of steps; a text is read once, with the set of all steps that it
 * may have come to. Source: Thompson, Regular expression search algorithm, CACM 11(6), 1968; the
 * language is XML Schema's (Part 2, appendix F). */
#include "bkti_pattern.h"

#include <string.h>

#define MOST_STEPS   2000
#define MOST_NESTING 60
#define MOST_COUNT   1000
#define LAST_POINT   0x10ffffu

enum step_kind { STEP_CLASS, STEP_SPLIT, STEP_JUMP, STEP_END };

typedef struct pattern_step {
    int kind;
    uint32_t a; /* class, or where to go */
    uint32_t b; /* where else to go */
} pattern_step;

typedef struct point_range {
    uint32_t first;
    uint32_t last;
} point_range;

typedef struct point_class {
    size_t first_range;
    size_t range_count;
    bool negated;
    int64_t without; /* a class that is taken away; -1 */
} point_class;

struct bkti_pattern {
    bkti_memory *memory;
    pattern_step *steps;
    size_t step_count, step_room;
    point_class *classes;
    size_t class_count, class_room;
    point_range *ranges;
    size_t range_count, range_room;
};

typedef struct reading {
    bkti_pattern *pattern;
    bkti_span rest;
    int nesting;
    bool bad;       /* no expression, or not covered */
    bool no_memory; /* then bad too */
} reading;

static bool grow(reading *parser, void **array, size_t *room, size_t needed, size_t size) {
    if (!bkti_grow(parser->pattern->memory, array, room, needed, size)) {
        parser->bad = parser->no_memory = true;
        return false;
    }
    return true;
}

static uint32_t add_step(reading *parser, int kind, uint32_t a, uint32_t b) {
    bkti_pattern *pattern = parser->pattern;
    void *steps = pattern->steps;
    if (pattern->step_count >= MOST_STEPS) {
        parser->bad = true;
    }
    if (parser->bad || !grow(parser, &steps, &pattern->step_room, pattern->step_count + 1,
                             sizeof *pattern->steps)) {
        return 0;
    }
    pattern->steps = steps;
    pattern->steps[pattern->step_count] = (pattern_step){kind, a, b};
    return (uint32_t)pattern->step_count++;
}

static void add_range(reading *parser, uint32_t first, uint32_t last) {
    bkti_pattern *pattern = parser->pattern;
    void *ranges = pattern->ranges;
    parser->bad = parser->bad || first > last;
    if (!parser->bad && grow(parser, &ranges, &pattern->range_room, pattern->range_count + 1,
                             sizeof *pattern->ranges)) {
        pattern->ranges = ranges;
        pattern->ranges[pattern->range_count++] = (point_range){first, last};
    }
}

static int64_t add_class(reading *parser, size_t first_range, bool negated, int64_t without) {
    bkti_pattern *pattern = parser->pattern;
    void *classes = pattern->classes;
    if (parser->bad || !grow(parser, &classes, &pattern->class_room, pattern->class_count + 1,
                             sizeof *pattern->classes)) {
        return 0;
    }
    pattern->classes = classes;
    pattern->classes[pattern->class_count] =
        (point_class){first_range, pattern->range_count - first_range, negated, without};
    return (int64_t)pattern->class_count++;
}

static bool at(const reading *parser, char byte) {
    return parser->rest.size > 0 && parser->rest.data[0] == byte;
}

static bool take(reading *parser, char byte) {
    if (!at(parser, byte)) {
        return false;
    }
    parser->rest.data++;
    parser->rest.size--;
    return true;
}

static uint32_t take_point(reading *parser) {
    uint32_t point = 0;
    size_t size = bkti_span_character(parser->rest, &point);
    if (size == 0) {
        parser->bad = true;
        return 0;
    }
    parser->rest.data += size;
    parser->rest.size -= size;
    return point;
}

/* ---- Classes ---- */

static const point_range DIGITS[] = {{'0', '9'}};
static const point_range SPACES[] = {{0x9, 0xa}, {0xd, 0xd}, {0x20, 0x20}};
/* All but punctuation, separators and controls; beyond Latin-1, only general punctuation is known
 * to be such. */
static const point_range WORDS[] = {
    {'$', '$'},     {'+', '+'},       {'0', '9'},          {'<', '>'},   {'A', 'Z'},
    {'^', '^'},     {'`', 'z'},       {'|', '|'},          {'~', '~'},   {0xa2, 0xa6},
    {0xa8, 0xaa},   {0xac, 0xac},     {0xae, 0xb5},        {0xb8, 0xba}, {0xbc, 0xbe},
    {0xc0, 0x1fff}, {0x2070, 0x2fff}, {0x3004, LAST_POINT}};
static const point_range INITIALS[] = {{':', ':'},     {'A', 'Z'},          {'_', '_'},
                                       {'a', 'z'},     {0xc0, 0xd6},        {0xd8, 0xf6},
                                       {0xf8, 0x1fff}, {0x3001, LAST_POINT}};
static const point_range NAMES[] = {{'-', '.'},     {'0', ':'},          {'A', 'Z'},   {'_', '_'},
                                    {'a', 'z'},     {0xb7, 0xb7},        {0xc0, 0xd6}, {0xd8, 0xf6},
                                    {0xf8, 0x1fff}, {0x3001, LAST_POINT}};

static void add_ranges(reading *parser, const point_range *ranges, size_t count, bool others) {
    uint32_t next = 0;
    for (size_t i = 0; i < count; i++) {
        if (!others) {
            add_range(parser, ranges[i].first, ranges[i].last);
        } else if (ranges[i].first > next) {
            add_range(parser, next, ranges[i].first - 1);
        }
        next = ranges[i].last + 1;
    }
    if (others && next <= LAST_POINT) {
        add_range(parser, next, LAST_POINT);
    }
}

/* Ranges of "\d" and the like; false: it stands for one character. The letter is behind the
 * backslash. */
static bool add_escape(reading *parser, char letter) {
    static const struct {
        char letter;
        const point_range *ranges;
        size_t count;
    } ESCAPES[] = {
        {'d', DIGITS, sizeof DIGITS / sizeof *DIGITS},
        {'s', SPACES, sizeof SPACES / sizeof *SPACES},
        {'w', WORDS, sizeof WORDS / sizeof *WORDS},
        {'i', INITIALS, sizeof INITIALS / sizeof *INITIALS},
        {'c', NAMES, sizeof NAMES / sizeof *NAMES},
    };
    for (size_t i = 0; i < sizeof ESCAPES / sizeof *ESCAPES; i++) {
        bool others = letter == ESCAPES[i].letter - 'a' + 'A';
        if (others || letter == ESCAPES[i].letter) {
            add_ranges(parser, ESCAPES[i].ranges, ESCAPES[i].count, others);
            return true;
        }
    }
    return false;
}

static uint32_t escaped_point(reading *parser, char letter) {
    switch (letter) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        /* \p and \P, and what is no escape. */
        parser->bad = parser->bad || letter == '\0' || strchr("\\|.-^?*+{}()[]$/", letter) == NULL;
        return (uint32_t)letter;
    }
}

static char take_letter(reading *parser) {
    if (parser->rest.size == 0) {
        parser->bad = true;
        return '\0';
    }
    parser->rest.size--;
    return *parser->rest.data++;
}

/* One end of a range within brackets; false: it was a class escape, or a fault. */
static bool take_end(reading *parser, uint32_t *out_point) {
    if (!take(parser, '\\')) {
        *out_point = take_point(parser);
        parser->bad = parser->bad || *out_point == '[';
        return !parser->bad;
    }
    char letter = take_letter(parser);
    if (parser->bad || add_escape(parser, letter)) {
        return false;
    }
    *out_point = escaped_point(parser, letter);
    return !parser->bad;
}

/* Behind "[". */
static int64_t parse_brackets(reading *parser) {
    if (++parser->nesting > MOST_NESTING) {
        parser->bad = true;
        return 0;
    }
    bool negated = take(parser, '^');
    /* Ranges of a class that is taken away stand behind these. */
    size_t first_range = parser->pattern->range_count;
    int64_t without = -1;
    bool any = false;
    size_t range_end = first_range;
    while (!parser->bad && !(any && take(parser, ']'))) {
        if (any && parser->rest.size > 1 && parser->rest.data[0] == '-' &&
            parser->rest.data[1] == '[') {
            range_end = parser->pattern->range_count;
            parser->rest.data += 2;
            parser->rest.size -= 2;
            without = parse_brackets(parser);
            parser->bad = parser->bad || !take(parser, ']');
            break;
        }
        uint32_t first;
        uint32_t last;
        any = true;
        if (!take_end(parser, &first)) {
            continue;
        }
        bool is_range = parser->rest.size > 1 && parser->rest.data[0] == '-' &&
                        parser->rest.data[1] != ']' && parser->rest.data[1] != '[';
        if (is_range) {
            take(parser, '-');
            parser->bad = !take_end(parser, &last) || parser->bad;
        } else {
            last = first;
        }
        if (!parser->bad) {
            add_range(parser, first, last);
        }
    }
    parser->nesting--;
    int64_t made = add_class(parser, first_range, negated, without);
    if (without >= 0 && !parser->bad) {
        parser->pattern->classes[made].range_count = range_end - first_range;
    }
    return made;
}

/* ---- Expressions ---- */

static void parse_choice(reading *parser);

static void add_class_step(reading *parser, int64_t class_index) {
    add_step(parser, STEP_CLASS, (uint32_t)class_index, 0);
}

static void parse_atom(reading *parser) {
    size_t first_range = parser->pattern->range_count;
    if (take(parser, '(')) {
        if (++parser->nesting > MOST_NESTING) {
            parser->bad = true;
            return;
        }
        parse_choice(parser);
        parser->nesting--;
        parser->bad = parser->bad || !take(parser, ')');
        return;
    }
    if (take(parser, '[')) {
        add_class_step(parser, parse_brackets(parser));
        return;
    }
    if (take(parser, '.')) {
        static const point_range ENDS[] = {{'\n', '\n'}, {'\r', '\r'}};
        add_ranges(parser, ENDS, 2, true);
    } else if (take(parser, '\\')) {
        char letter = take_letter(parser);
        if (!parser->bad && !add_escape(parser, letter)) {
            uint32_t point = escaped_point(parser, letter);
            add_range(parser, point, point);
        }
    } else {
        uint32_t point = take_point(parser);
        parser->bad = parser->bad || (point < 0x80 && strchr("?*+{}]", (int)point) != NULL);
        add_range(parser, point, point);
    }
    add_class_step(parser, add_class(parser, first_range, false, -1));
}

static uint32_t parse_count(reading *parser) {
    uint32_t count = 0;
    bool any = false;
    while (parser->rest.size > 0 && parser->rest.data[0] >= '0' && parser->rest.data[0] <= '9') {
        count = count * 10 + (uint32_t)(take_letter(parser) - '0');
        any = true;
        if (count > MOST_COUNT) {
            parser->bad = true;
            return 0;
        }
    }
    parser->bad = parser->bad || !any;
    return count;
}

/* How often: at least, at most (UINT32_MAX: any number). */
static void parse_quantifier(reading *parser, uint32_t *least, uint32_t *most) {
    *least = *most = 1;
    if (take(parser, '?')) {
        *least = 0;
    } else if (take(parser, '*')) {
        *least = 0;
        *most = UINT32_MAX;
    } else if (take(parser, '+')) {
        *most = UINT32_MAX;
    } else if (take(parser, '{')) {
        *least = *most = parse_count(parser);
        if (take(parser, ',')) {
            *most = at(parser, '}') ? UINT32_MAX : parse_count(parser);
        }
        parser->bad = parser->bad || !take(parser, '}') || *most < *least;
    }
}

/* Puts a split before the steps from `place` on, to them or behind them all. */
static void make_optional(reading *parser, size_t place) {
    bkti_pattern *pattern = parser->pattern;
    add_step(parser, STEP_END, 0, 0);
    if (parser->bad) {
        return;
    }
    for (size_t i = pattern->step_count - 1; i > place; i--) {
        pattern->steps[i] = pattern->steps[i - 1];
        bool goes = pattern->steps[i].kind == STEP_SPLIT || pattern->steps[i].kind == STEP_JUMP;
        pattern->steps[i].a += goes ? 1 : 0;
        pattern->steps[i].b += goes ? 1 : 0;
    }
    pattern->steps[place] =
        (pattern_step){STEP_SPLIT, (uint32_t)place + 1, (uint32_t)pattern->step_count};
}

/* The steps of [first, first + count) once more. They go nowhere but among themselves and behind.
 */
static void repeat(reading *parser, size_t first, size_t count) {
    bkti_pattern *pattern = parser->pattern;
    uint32_t moved = (uint32_t)(pattern->step_count - first);
    for (size_t i = first; i < first + count && !parser->bad; i++) {
        pattern_step step = pattern->steps[i];
        bool goes = step.kind == STEP_SPLIT || step.kind == STEP_JUMP;
        add_step(parser, step.kind, step.a + (goes ? moved : 0), step.b + (goes ? moved : 0));
    }
}

static void parse_piece(reading *parser) {
    bkti_pattern *pattern = parser->pattern;
    size_t first = pattern->step_count;
    parse_atom(parser);
    size_t count = pattern->step_count - first;
    uint32_t least;
    uint32_t most;
    parse_quantifier(parser, &least, &most);
    if (most == 0) {
        pattern->step_count = first;
    }
    if (parser->bad || most == 0) {
        return;
    }
    for (uint32_t i = 1; i < least && !parser->bad; i++) {
        repeat(parser, first, count);
    }
    if (most == UINT32_MAX) { /* the last one again and again */
        add_step(parser, STEP_SPLIT, (uint32_t)(pattern->step_count - count),
                 (uint32_t)pattern->step_count + 1);
    }
    for (uint32_t i = least == 0 ? 1 : least; most != UINT32_MAX && i < most && !parser->bad; i++) {
        size_t place = pattern->step_count;
        repeat(parser, first, count);
        make_optional(parser, place);
    }
    if (least == 0) {
        make_optional(parser, first);
    }
}

static void parse_branch(reading *parser) {
    while (!parser->bad && parser->rest.size > 0 && !at(parser, '|') && !at(parser, ')')) {
        parse_piece(parser);
    }
}

/* Before each branch but the last a split, to it or behind it, and at its end a jump behind all.
 * The jumps are chained through their targets until that is known. */
static void parse_choice(reading *parser) {
    bkti_pattern *pattern = parser->pattern;
    uint32_t chain = UINT32_MAX;
    for (;;) {
        size_t first = pattern->step_count;
        parse_branch(parser);
        if (parser->bad || !take(parser, '|')) {
            break;
        }
        make_optional(parser, first);
        chain = add_step(parser, STEP_JUMP, chain, 0);
        if (!parser->bad) {
            pattern->steps[first].b = (uint32_t)pattern->step_count;
        }
    }
    while (!parser->bad && chain != UINT32_MAX) {
        uint32_t next = pattern->steps[chain].a;
        pattern->steps[chain].a = (uint32_t)pattern->step_count;
        chain = next;
    }
}

bkti_pattern *bkti_pattern_new(bkti_memory *memory, const char *text, bool *out_memory) {
    bkti_pattern *pattern = bkti_allocate_zeroed(memory, 1, sizeof *pattern);
    *out_memory = pattern == NULL;
    if (pattern == NULL) {
        return NULL;
    }
    pattern->memory = memory;
    reading parser = {.pattern = pattern, .rest = bkti_span_of(text)};
    parse_choice(&parser);
    parser.bad = parser.bad || parser.rest.size > 0;
    add_step(&parser, STEP_END, 0, 0);
    if (parser.bad) {
        *out_memory = parser.no_memory;
        bkti_pattern_free(pattern);
        return NULL;
    }
    return pattern;
}

void bkti_pattern_free(bkti_pattern *pattern) {
    if (pattern != NULL) {
        bkti_release(pattern->memory, pattern->steps);
        bkti_release(pattern->memory, pattern->classes);
        bkti_release(pattern->memory, pattern->ranges);
        bkti_release(pattern->memory, pattern);
    }
}

/* ---- Matching ---- */

static bool is_in(const bkti_pattern *pattern, size_t index, uint32_t point) {
    const point_class *class = &pattern->classes[index];
    bool found = false;
    for (size_t i = 0; i < class->range_count && !found; i++) {
        const point_range *range = &pattern->ranges[class->first_range + i];
        found = point >= range->first && point <= range->last;
    }
    return found != class->negated &&
           (class->without < 0 || !is_in(pattern, (size_t) class->without, point));
}

/* Steps that the text may have come to. */
typedef struct steps_reached {
    uint16_t items[MOST_STEPS];
    size_t count;
    uint8_t has[MOST_STEPS];
} steps_reached;

static void clear(steps_reached *reached) {
    for (size_t i = 0; i < reached->count; i++) {
        reached->has[reached->items[i]] = 0;
    }
    reached->count = 0;
}

static void reach(steps_reached *reached, uint32_t place) {
    if (!reached->has[place]) {
        reached->has[place] = 1;
        reached->items[reached->count++] = (uint16_t)place;
    }
}

/* Follows splits and jumps: what they lead to is reached too. */
static void follow(const bkti_pattern *pattern, steps_reached *reached) {
    for (size_t i = 0; i < reached->count; i++) {
        const pattern_step *step = &pattern->steps[reached->items[i]];
        if (step->kind == STEP_JUMP || step->kind == STEP_SPLIT) {
            reach(reached, step->a);
        }
        if (step->kind == STEP_SPLIT) {
            reach(reached, step->b);
        }
    }
}

bool bkti_pattern_matches(const bkti_pattern *pattern, bkti_span text) {
    steps_reached sets[2];
    for (int i = 0; i < 2; i++) {
        sets[i].count = 0;
        memset(sets[i].has, 0, pattern->step_count);
    }
    steps_reached *now = &sets[0];
    steps_reached *next = &sets[1];
    reach(now, 0);
    follow(pattern, now);
    while (text.size > 0 && now->count > 0) {
        uint32_t point;
        size_t size = bkti_span_character(text, &point);
        if (size == 0) {
            return false;
        }
        text.data += size;
        text.size -= size;
        clear(next);
        for (size_t i = 0; i < now->count; i++) {
            const pattern_step *step = &pattern->steps[now->items[i]];
            if (step->kind == STEP_CLASS && is_in(pattern, step->a, point)) {
                reach(next, (uint32_t)now->items[i] + 1);
            }
        }
        follow(pattern, next);
        steps_reached *other = now;
        now = next;
        next = other;
    }
    return text.size == 0 && now->count > 0 && now->has[pattern->step_count - 1] != 0;
}
