/*
 * The functions of libarchive by which archives, and files packed with bzip2, zstd, lz4 or
 * compress, are read, as `la.read_new` for archive_read_new. The library is loaded when there is
 * one to be read.
 */
#ifndef ARCHIVE_LIBRARY_H
#define ARCHIVE_LIBRARY_H

#include "error.h"

#include <archive.h>
#include <archive_entry.h>

/* clang-format off */
#define ARCHIVE_FUNCTIONS(each) \
	each(entry_filetype) each(entry_hardlink) each(entry_is_encrypted) \
	each(entry_pathname) each(entry_size) each(entry_size_is_set) \
	each(error_string) each(filter_bytes) each(filter_code) each(filter_count) \
	each(format) each(read_data) each(read_data_skip) each(read_free) \
	each(read_has_encrypted_entries) each(read_new) each(read_next_header) \
	each(read_open) each(read_open1) each(read_set_callback_data) \
	each(read_set_read_callback) each(read_set_seek_callback) \
	each(read_set_skip_callback) each(read_support_filter_bzip2) \
	each(read_support_filter_compress) each(read_support_filter_lz4) \
	each(read_support_filter_zstd) each(read_support_format_7zip) \
	each(read_support_format_cab) each(read_support_format_cpio) \
	each(read_support_format_empty) each(read_support_format_rar) \
	each(read_support_format_rar5) each(read_support_format_raw) \
	each(read_support_format_tar) each(read_support_format_zip_seekable) \
	each(set_error)
/* clang-format on */

struct archive_library {
#define ARCHIVE_FUNCTION(name) __typeof__(archive_##name) *(name);
	ARCHIVE_FUNCTIONS(ARCHIVE_FUNCTION)
#undef ARCHIVE_FUNCTION
};

extern struct archive_library la;

/*
 * To be called before any of them, by whatever thread, for this file: 0, or -1 with the error set.
 */
int archive_library_load(const char *file, struct error *e);

#endif
