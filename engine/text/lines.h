// Lines: runs placed on their baselines, then put in reading order with their spaces.
#pragma once

#include <vector>

#include "engine/text/page_text.h"
#include "engine/text/runs.h"

namespace ode::text {

/// Lines with their clusters along the direction and spaces between words, in the order in which they began; none is
/// empty. `unsaid` gets the clusters that are in none. Takes the runs' clusters.
std::vector<Line> make_lines(TextRuns&& text, std::vector<Cluster>& unsaid);

/// Runs of one line, by their numbers, in any order: their clusters go to `line`, in the order of the page.
void set_runs(Line& line, TextRuns& text, std::vector<std::uint32_t>& runs);

/// Gives accents that are glyphs of their own to their letters, which then say "é"; the accents say nothing.
/// `line` is sorted along its direction.
void join_accents(Line& line);
/// Whether the glyph may be an accent of its own.
bool is_mark(const Cluster& cluster);

/// Inserts a space where the gap between clusters of `line` (sorted along it) is one, makes one of several
/// and drops those at the ends, and those that no gap is seen at. Clusters without text at the ends go to `unsaid`.
void set_spaces(Line& line, std::vector<Cluster>& unsaid);

/// Sets Line::right_to_left, which lines with letters of such scripts have until then, by what lines say, what their
/// neighbours do and the language; puts those lines in the order of reading.
void set_reading_direction(std::vector<Line>& lines, LanguageDirection language);

/// From the order on the page to the order of reading; sets Cluster::right_to_left.
void to_logical_order(Line& line);

}  // namespace ode::text
