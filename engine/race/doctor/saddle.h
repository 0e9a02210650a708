// SPDX-License-Identifier: MIT
// Runs that come to a saddle or a maximum, whether they stay there or only pass by: see doctor.h.
#pragma once

#include "engine/race/doctor/run_record.h"

namespace descent::race {

// kind none when there is nothing of the sort.
[[nodiscard]] Diagnosis find_saddle(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run,
                                    const surfaces::LocalModel& head);

// passes_saddle() says whether a run near a saddle still comes nearer, or is about to be driven away: on a plateau it
// is not.
[[nodiscard]] bool passes_saddle(const surfaces::Surface& surface, const SurfaceScale& scale, const Record& record,
                                 const surfaces::LocalModel& head);

}  // namespace descent::race
