/*
 * peak FILE COMMAND…: runs the command and writes its seconds, its peak memory in KiB and its exit
 * status to FILE. (A measuring program of more memory than the measured one would see its own.)
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: peak FILE COMMAND...\n");
		return 2;
	}
	FILE *file = fopen(argv[1], "we");
	if (!file) {
		perror(argv[1]);
		return 4;
	}
	double start = seconds();
	pid_t child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	int status;
	struct rusage usage;
	if (child < 0 || wait4(child, &status, 0, &usage) != child) {
		perror("peak");
		return 4;
	}
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	fprintf(file, "%.3f %ld %d\n", seconds() - start, usage.ru_maxrss, code);
	return fclose(file) == 0 ? code : 4;
}
