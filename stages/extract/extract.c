/*
 * extract: from the exports and back-ups of a tenant to clean streams.
 */
#include "run.h"

int main(int argc, char **argv)
{
	struct run run;
	if (run_start(&run, argc, argv))
		run_members(&run);
	return run_close(&run);
}
