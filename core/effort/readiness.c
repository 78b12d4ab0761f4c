/*
 * Readiness by check-ins; see readiness.h.
 */
#include "core/effort/readiness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"

enum { EARLIER = 64 };

static int by_size(const void *a, const void *b)
{
    const double *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof(values[0]), by_size);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* Under which the lifter's ITEM is low, by the check-ins before INDEX: bad by itself, or far under their own median. */
static double low_score(const struct effort_input *input, size_t index, enum checkin_item item)
{
    const struct policy_warning *policy = &policy_of(input)->warning;
    double values[EARLIER], off[EARLIER], usual;
    size_t count = 0;

    for (size_t i = index; i-- > 0 && count < EARLIER;)
        if (!isnan(input->checkins[i].score[item]))
            values[count++] = input->checkins[i].score[item];
    if (count < (size_t)policy->own_checkins)
        return policy->score_low;
    usual = median(values, count);
    for (size_t i = 0; i < count; i++)
        off[i] = fabs(values[i] - usual);
    return fmax(policy->score_low, usual - fmax(policy->own_least, policy->own_mads * median(off, count)));
}

static unsigned low_of(const struct effort_input *input, size_t index)
{
    const struct checkin *checkin = &input->checkins[index];
    unsigned low = (checkin->dread ? READINESS_DREAD : 0) | (checkin->aches ? READINESS_ACHES : 0);

    for (int item = 0; item < CHECKIN_ITEMS; item++)
        if (checkin->score[item] <= low_score(input, index, (enum checkin_item)item))
            low |= 1U << item;
    return low;
}

static int count_of(unsigned low)
{
    int count = 0;

    if ((low & READINESS_ACHES) != 0 && (low & 1U << CHECKIN_SORENESS) != 0)
        low &= ~READINESS_ACHES;
    for (; low != 0; low &= low - 1)
        count++;
    return count;
}

double readiness_mean(const struct checkin *checkin)
{
    double sum = 0;
    int answers = 0;

    for (int item = 0; item < CHECKIN_ITEMS; item++) {
        if (isnan(checkin->score[item]))
            continue;
        sum += checkin->score[item];
        answers++;
    }
    return answers == 0 ? NAN : sum / answers;
}

static double usual_mean(const struct effort_input *input, size_t index)
{
    double means[EARLIER];
    size_t count = 0;

    for (size_t i = index; i-- > 0 && count < EARLIER;)
        if (!isnan(readiness_mean(&input->checkins[i])))
            means[count++] = readiness_mean(&input->checkins[i]);
    return count < (size_t)policy_of(input)->warning.own_checkins ? NAN : median(means, count);
}

void readiness_read(struct readiness *readiness, const struct effort_input *input)
{
    const struct policy_warning *policy = &policy_of(input)->warning;
    size_t last = input->checkin_count;
    const struct checkin *checkin;

    *readiness = (struct readiness){.mean = NAN, .usual = NAN, .lowest = NAN};
    while (last > 0 && input->checkins[last - 1].at_ms > input->now_ms)
        last--;
    if (last-- == 0)
        return;
    checkin = &input->checkins[last];
    if ((double)(input->now_ms - checkin->at_ms) / CIVIL_DAY_MS > policy->checkin_days)
        return;
    readiness->known = true;
    readiness->declined = checkin->declined;
    readiness->mean = readiness_mean(checkin);
    readiness->usual = usual_mean(input, last);
    for (int item = 0; item < CHECKIN_ITEMS; item++)
        readiness->lowest = fmin(readiness->lowest, checkin->score[item]);
    readiness->low = low_of(input, last);
    readiness->low_count = count_of(readiness->low);
    readiness->low_before = last > 0 && count_of(low_of(input, last - 1)) >= policy->low_items;
}

bool readiness_low(const struct readiness *readiness, const struct policy *policy)
{
    return readiness->known && !readiness->declined && readiness->low_count >= policy->warning.low_items;
}

bool readiness_easier(const struct readiness *readiness, const struct policy *policy)
{
    return readiness->known && !readiness->declined && readiness->low_count >= policy->warning.easier_items;
}
