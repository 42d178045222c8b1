/*
 * Is IAS on? From the configuration of the tenant.
 */
#ifndef IAS_H
#define IAS_H

#include "reader.h"

/*
 * Reads activateIASAuthentication of SAP CLOUD IDENTITY SERVICES (KBA 2515540) out of a config
 * stream; of several the last counts, as in java.util.Properties. 0 with *ias set; -1 with the
 * error set (status 3) where it is neither true nor false, or not there.
 */
int ias_read(const char *path, enum format format, bool *ias, struct error *e);

#endif
