// Lines: runs placed on their baselines, then put in reading order with their spaces.
#pragma once

#include <vector>

#include "engine/text/page_text.h"
#include "engine/text/runs.h"

namespace ode::text {

/// Lines with their clusters along the direction and spaces between words, in the order in which they began;
/// none is empty. `unsaid` gets the clusters that are in none. Takes the runs' clusters.
std::vector<Line> make_lines(TextRuns&& text, std::vector<Cluster>& unsaid);

/// Clusters of a line on their way into it; TextRuns owns them.
using Sequence = std::vector<Cluster*>;

/// Runs of one line, by their numbers, in any order; their clusters in the order of the page are appended.
void set_runs(TextRuns& text, std::vector<std::uint32_t>& runs, Sequence& sequence);

/// Gives accents that are glyphs of their own to their letters, which then say "é"; the accents say nothing.
void join_accents(Sequence& sequence);
/// Whether the glyph may be an accent of its own.
bool is_mark(const Cluster& cluster);

/// Moves the clusters into `line`, with a space where a gap between letters is one; spaces at the ends, and
/// those that no gap is seen at, are dropped. Clusters without text at the ends go to `unsaid`.
void set_spaces(Line& line, const Sequence& sequence, std::vector<Cluster>& unsaid);

/// Sets Line::right_to_left, which lines with letters of such scripts have until then, by what lines say,
/// what their neighbours do and the language; puts those lines in the order of reading.
void set_reading_direction(std::vector<Line>& lines, LanguageDirection language);

/// From the order on the page to the order of reading; sets Cluster::right_to_left.
void to_logical_order(Line& line);

}  // namespace ode::text
