/*
 * check-refresh: what is to be done before and after an instance refresh, and what is left of it?
 */
#include "run.h"

int main(int argc, char **argv)
{
	struct run run;
	if (run_start(&run, argc, argv))
		run_check(&run);
	return run_close(&run);
}
