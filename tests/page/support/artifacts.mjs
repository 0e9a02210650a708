// Where screenshots and what failing tests leave are kept.
// SPDX-License-Identifier: MIT
import { homedir } from 'node:os';
import { join } from 'node:path';

export const kArtifacts = process.env.DESCENT_ARTIFACTS
  ?? join(process.env.DESCENT_CACHE ?? join(homedir(), '.cache', 'descent'), 'page-tests');
