/*
 * apply-deactivation: what does deactivating these users do to plans, classes, programs, cohorts?
 */
#include "run.h"

int main(int argc, char **argv)
{
	struct run run;
	if (run_start(&run, argc, argv))
		run_apply(&run);
	return run_close(&run);
}
