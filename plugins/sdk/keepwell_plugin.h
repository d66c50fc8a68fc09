/* The boundary between Keepwell and its plugins, in plain C: no C++ type and no exception crosses it, so a
 * plugin may be built by any compiler, at any time. C++ authors include keepwell_plugin.hpp instead.
 *
 * How it grows without breaking anybody: every table starts with its size, filled in by who made it; members
 * are only ever added at the end; who reads a table looks no further than its size. Items of arrays are
 * `item_size` bytes apart (KEEPWELL_ITEM). KEEPWELL_ABI_VERSION grows with each addition; a plugin that was
 * built for a newer one than the program's is refused. A change that breaks this gets another symbol than
 * keepwell_plugin_v1.
 *
 * Texts are UTF-8. Days are counted from 1970-01-01, moments in microseconds from its midnight, both in UTC. */
#ifndef KEEPWELL_PLUGIN_H
#define KEEPWELL_PLUGIN_H

/* NOLINTBEGIN(modernize-*,readability-identifier-naming): this is C. */
#include <stddef.h>
#include <stdint.h>

#define KEEPWELL_ABI_VERSION 1u
#define KEEPWELL_MAGIC 0x4b57504cu /* "KWPL" */
#define KEEPWELL_EXPORT __attribute__((visibility("default")))

/* The most bytes of what a plugin says; of a description and an error, the terminating 0 included. */
#define KEEPWELL_TEXT_BYTES 501
#define KEEPWELL_DETAILS_BYTES 65536
#define KEEPWELL_NAME_BYTES 64 /* Of names of plugins and factors: a-z, 0-9 and _, a letter first. */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct keepwell_text {
    const char* data; /* Ends with a 0 that is not counted. Never NULL. */
    size_t size;
} keepwell_text;

typedef struct keepwell_array {
    const void* items; /* May be NULL when count is 0. */
    size_t count;
    size_t item_size;
} keepwell_array;

#define KEEPWELL_ITEM(type, array, index) \
    ((const type*)(const void*)((const char*)(array).items + (size_t)(index) * (array).item_size))

typedef struct keepwell_pair {
    keepwell_text name;
    keepwell_text value;
} keepwell_pair;

typedef struct keepwell_customer {
    uint32_t struct_size;
    int32_t known_since; /* The day on which it was first stored. */
    int64_t id;
    keepwell_text name;
    keepwell_text segment;
    keepwell_text region;
    keepwell_text plan;
    double mrr; /* Monthly recurring revenue. */
    int32_t has_signup_day;
    int32_t signup_day;
    double expected_api_calls; /* In 30 days, of its segment. */
    keepwell_array custom;     /* keepwell_pair, by name: its custom attributes. */
} keepwell_customer;

/* What was measured on one day. */
typedef struct keepwell_metrics {
    int32_t day;
    int32_t has_nps_score;
    int64_t daily_active_users;
    double feature_adoption_rate; /* 0 to 1. */
    int64_t support_tickets_open;
    double nps_score;       /* -100 to 100. */
    double login_frequency; /* 0 to 1. */
    double arr;             /* Annual recurring revenue. */
} keepwell_metrics;

typedef struct keepwell_sum {
    keepwell_text name;
    double value;
} keepwell_sum;

typedef struct keepwell_count {
    keepwell_text name;
    int64_t count;
} keepwell_count;

typedef struct keepwell_last {
    keepwell_text name;
    double value;
    int64_t at;
} keepwell_last;

/* The newest state of a support ticket on a day. */
typedef struct keepwell_ticket {
    keepwell_text id;
    keepwell_text priority;
    keepwell_text status;
    keepwell_text type;
    int64_t at;
    int64_t opened_at;
    int32_t has_satisfaction;
    int32_t has_resolution_time;
    double satisfaction;    /* 1 to 5. */
    double resolution_time; /* Seconds. */
} keepwell_ticket;

/* What a customer did on one day by one type of events. */
typedef struct keepwell_activity {
    int32_t day;
    int32_t reserved;
    keepwell_text event_type;
    int64_t count;
    int64_t last_at;
    keepwell_array sums;    /* keepwell_sum: of each attribute that is a number. */
    keepwell_array keys;    /* keepwell_count: "user=ann" and how often, at most 100 for each attribute. */
    keepwell_array last;    /* keepwell_last: the last value of each attribute that is a number. */
    keepwell_array tickets; /* keepwell_ticket: of support_ticket alone. */
} keepwell_activity;

enum { KEEPWELL_FLAG = 0, KEEPWELL_NUMBER = 1, KEEPWELL_TEXT = 2 };

/* Nested attributes are flattened: {"a":{"b":1}} is a.b. */
typedef struct keepwell_attribute {
    keepwell_text name;
    int32_t kind; /* Which of the following counts. */
    int32_t flag;
    double number;
    keepwell_text text;
} keepwell_attribute;

typedef struct keepwell_event {
    int64_t id;
    keepwell_text type;
    int64_t occurred_at;
    int64_t received_at;
    keepwell_array attributes; /* keepwell_attribute, by name. */
    keepwell_text data;        /* The JSON object as it came. */
} keepwell_event;

/* What a factor may look at. Gone when score() returns. */
typedef struct keepwell_input {
    uint32_t struct_size;
    int32_t as_of;                     /* The day that is scored. */
    const keepwell_customer* customer; /* NULL where a lone row of metrics is scored. */
    /* keepwell_metrics, oldest first, up to the day: the last one is scored, the others tell the trend.
     * Empty unless the factor needs them, and for customers without any. */
    keepwell_array metrics;
    /* keepwell_activity by day, then type: the factor's window; support_ticket also of all days before it. */
    keepwell_array activity;
    keepwell_array events;    /* keepwell_event, oldest first; empty unless the factor needs them. */
    keepwell_array connected; /* keepwell_text: the event types that anybody of this segment ever sent. */
    int32_t has_first_day;
    int32_t first_day;        /* With any event of this customer. */
    int32_t wants_explanation; /* When 0, only score and value are looked at. */
    int32_t reserved;
    void* call; /* For keepwell_host. */
} keepwell_input;

enum {
    KEEPWELL_TREND_UNKNOWN = 0,
    KEEPWELL_TREND_IMPROVING = 1,
    KEEPWELL_TREND_STABLE = 2,
    KEEPWELL_TREND_DECLINING = 3
};

/* What a factor says. The program hands it over zeroed but for its size: nothing set means "no data". */
typedef struct keepwell_result {
    uint32_t struct_size;
    int32_t has_score;
    double score; /* 0 to 100; anything else counts as a failure. */
    int32_t has_value;
    int32_t trend;
    double value; /* The headline number in the factor's unit. */
    char description[KEEPWELL_TEXT_BYTES + 11]; /* One sentence for a person. */
    char error[KEEPWELL_TEXT_BYTES + 11];       /* Why it failed, when score() doesn't return 0. */
} keepwell_result;

/* What the program offers. Lives as long as the program. */
typedef struct keepwell_host {
    uint32_t struct_size;
    uint32_t abi_version;
    const char* program_version;
    /* Sets the details of the answer: a JSON object of at most KEEPWELL_DETAILS_BYTES. To be called from
     * inside score() with its input's `call`. Returns 0, or another number when they are too large. */
    int32_t (*set_details)(void* call, const char* json, size_t size);
} keepwell_host;

#define KEEPWELL_NEEDS_METRICS 1u
#define KEEPWELL_NEEDS_ACTIVITY 2u
#define KEEPWELL_NEEDS_RAW_EVENTS 4u

typedef struct keepwell_factor {
    uint32_t struct_size;
    uint32_t needs;      /* KEEPWELL_NEEDS_… added up; nothing else is loaded. */
    int32_t window_days; /* The days of activity and events, the scored one included: 1 to 1100. */
    int32_t reserved;
    const char* name;    /* Under which scorecards mention it. */
    const char* summary; /* One line for a person choosing factors. */
    const char* unit;    /* Of the value; may be "". */
    double default_weight; /* Share of 100 that it usually gets. */
    void* self;
    /* Returns 0, or another number when it failed. A pure function of its input: equal inputs, equal
     * answers; no clock, no files, no network. Called by several threads at once. */
    int32_t (*score)(void* self, const keepwell_input* input, keepwell_result* result);
} keepwell_factor;

typedef struct keepwell_start {
    uint32_t struct_size;
    uint32_t reserved;
    const keepwell_host* host;
    /* To be filled in; what they point to must live as long as the program. */
    const keepwell_factor* const* factors;
    size_t factor_count;
    char error[KEEPWELL_TEXT_BYTES + 11];
} keepwell_start;

typedef struct keepwell_plugin {
    uint32_t magic; /* KEEPWELL_MAGIC */
    uint32_t struct_size;
    uint32_t abi_version; /* KEEPWELL_ABI_VERSION */
    uint32_t reserved;
    const char* name;
    const char* version;
    /* Called once, after the numbers above were found good. Returns 0, or another number with an error. */
    int32_t (*start)(keepwell_start* start);
} keepwell_plugin;

/* The one symbol of a plugin. An object rather than a function, so that the program can look at it before it
 * calls anything. */
extern KEEPWELL_EXPORT const keepwell_plugin keepwell_plugin_v1;

#ifdef __cplusplus
}
#endif
/* NOLINTEND(modernize-*,readability-identifier-naming) */
#endif
