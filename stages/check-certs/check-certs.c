/*
 * check-certs: which certificates are in the inputs, how long they last, and what has to be
 * imported where.
 */
#include "run.h"

int main(int argc, char **argv)
{
	struct run run;
	if (run_start(&run, argc, argv))
		run_check(&run);
	return run_close(&run);
}
