/*
 * classify-users: whom would the Native User Deletion job delete, whom not, why, and when.
 */
#include "run.h"

int main(int argc, char **argv)
{
	struct run run;
	if (run_start(&run, argc, argv))
		run_classify(&run);
	return run_close(&run);
}
