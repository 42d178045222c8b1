/*
 * restore-config: what puts a tenant's own configuration back after a refresh, and what is left.
 */
#include "run.h"

int main(int argc, char **argv)
{
	struct run run;
	if (run_start(&run, argc, argv))
		run_restore(&run);
	return run_close(&run);
}
