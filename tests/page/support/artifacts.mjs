// The folder for screenshots and for what failing tests leave.
// SPDX-License-Identifier: MIT
import { homedir } from 'node:os';
import { join } from 'node:path';

export const kArtifacts = process.env.DESCENT_ARTIFACTS
  ?? join(process.env.DESCENT_CACHE ?? join(homedir(), '.cache', 'descent'), 'page-tests');
