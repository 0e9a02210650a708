// Tells whether things may start to move by themselves: not for people who have asked their system for less motion.
// SPDX-License-Identifier: MIT

export const mayMove = () => !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
