/*
 * diff-config: what did the refresh do to the configuration, key by key?
 */
#include "run.h"

int main(int argc, char **argv)
{
	struct run run;
	if (run_start(&run, argc, argv))
		run_compare(&run);
	return run_close(&run);
}
