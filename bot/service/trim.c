/*
 * Of the programs and libraries that are mapped here, what can't be written is unmapped (madvise(2): a private file
 * mapping is read again from the file). Loading, relocating and initialising them has touched more than serving does.
 */
#include "bot/service/trim.h"

#include <link.h>
#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Whole pages of a segment that was never written to. It helps or it doesn't: an error changes nothing. */
static void give_back(uintptr_t begin, size_t length, uintptr_t page)
{
    uintptr_t first = begin & ~(page - 1), end = (begin + length) & ~(page - 1);

    if (end > first)
        madvise((void *)first, end - first, MADV_DONTNEED); // NOLINT(performance-no-int-to-ptr)
}

static int trim_object(struct dl_phdr_info *info, size_t size, void *arg)
{
    const uintptr_t *page = arg;

    (void)size;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];

        if (segment->p_type == PT_LOAD && (segment->p_flags & PF_W) == 0)
            give_back(info->dlpi_addr + segment->p_vaddr, segment->p_memsz, *page);
    }
    return 0;
}

void trim_memory(void)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    malloc_trim(0);
    dl_iterate_phdr(trim_object, &page);
}
