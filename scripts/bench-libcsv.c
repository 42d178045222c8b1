/*
 * bench-libcsv FILE: parses the file with libcsv and counts, nothing else. What a program on top of
 * it can reach at best.
 */
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct counts {
	unsigned long long fields, records;
};

static void on_field(void *bytes, size_t length, void *context)
{
	(void)bytes;
	(void)length;
	((struct counts *)context)->fields++;
}

static void on_record(int end, void *context)
{
	(void)end;
	((struct counts *)context)->records++;
}

int main(int argc, char **argv)
{
	static char block[256 << 10];
	struct counts counts = { 0 };
	struct csv_parser parser;
	int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
	if (fd < 0 || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
		perror(argc == 2 ? argv[1] : "usage: bench-libcsv FILE");
		return 2;
	}
	csv_set_blk_size(&parser, 4096);
	ssize_t got;
	while ((got = read(fd, block, sizeof block)) > 0)
		if (csv_parse(&parser, block, (size_t)got, on_field, on_record, &counts) !=
			(size_t)got)
			break;
	int failed = got != 0 || csv_fini(&parser, on_field, on_record, &counts) != 0;
	csv_free(&parser);
	close(fd);
	printf("%llu records, %llu fields\n", counts.records, counts.fields);
	return failed;
}
