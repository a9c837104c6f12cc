package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/registry"
)

// lines are those of a file that changed: from, to, both included.
type lines [][2]int

// allLines are those of a file that git does not hold.
var allLines = lines{{0, int(^uint(0) >> 1)}}

func (l lines) touch(from, to int) bool {
	return slices.ContainsFunc(l, func(r [2]int) bool { return r[0] <= to && from <= r[1] })
}

// changes are what the files of a checkout have that a commit has not.
type changes struct {
	top   string
	files map[string]lines // by absolute name
}

// of are the changed lines of a file; what is outside of the checkout counts as
// changed, since nobody can say that it is not.
func (c *changes) of(name string) lines {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	if rel, err := filepath.Rel(c.top, name); err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return allLines
	}
	return c.files[name]
}

// changedSince compares the files of the checkout, as they are on disk, with a
// commit. Files that git does not hold are new as a whole, but ignored ones too
// are no part of a change.
func (s *session) changedSince(rev string) (*changes, error) {
	run := func(args ...string) ([]byte, error) { return git(s.ctx, s.dir, args...) }
	if !inGit(s.ctx, s.dir) {
		return nil, fmt.Errorf("--new-from-rev: %s is in no git checkout", s.dir)
	}
	top, err := run("rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	commit, err := run("rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		return nil, fmt.Errorf("--new-from-rev %s: git knows no such commit (fetch it; a shallow clone lacks history)", rev)
	}
	c := &changes{files: map[string]lines{}}
	if c.top, err = filepath.EvalSymlinks(filepath.FromSlash(strings.TrimRight(string(top), "\r\n"))); err != nil {
		return nil, err
	}
	diff, err := git(s.ctx, c.top, "-c", "core.quotePath=off", "-c", "diff.mnemonicPrefix=false", "-c", "diff.noprefix=false", "diff",
		"--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--src-prefix=a/", "--dst-prefix=b/",
		"--ignore-submodules", "--inter-hunk-context=0", strings.TrimSpace(string(commit)), "--")
	if err != nil {
		return nil, err
	}
	for name, l := range parseDiff(diff) {
		c.files[filepath.Join(c.top, filepath.FromSlash(name))] = l
	}
	untracked, err := git(s.ctx, c.top, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(string(untracked), "\x00") {
		if name != "" {
			c.files[filepath.Join(c.top, filepath.FromSlash(name))] = allLines
		}
	}
	return c, nil
}

// parseDiff reads the new lines of each file from a unified diff without context.
// A place where lines were only taken away has no new line.
func parseDiff(diff []byte) map[string]lines {
	out := map[string]lines{}
	name := ""
	left, added := 0, 0 // lines of the current hunk
	for raw := range bytes.Lines(diff) {
		line := strings.TrimRight(string(raw), "\r\n")
		switch {
		case left > 0 && strings.HasPrefix(line, "-"):
			left--
		case added > 0 && strings.HasPrefix(line, "+"):
			added--
		case strings.HasPrefix(line, "+++ "):
			name = strings.TrimSuffix(line[4:], "\t")
			if q, err := strconv.Unquote(name); err == nil {
				name = q
			}
			name = strings.TrimPrefix(name, "b/")
		case strings.HasPrefix(line, "@@ "):
			f := strings.Fields(line)
			if len(f) < 3 {
				continue
			}
			_, left = hunkRange(f[1])
			var start int
			start, added = hunkRange(f[2])
			if added > 0 {
				out[name] = append(out[name], [2]int{start, start + added - 1})
			}
		}
	}
	return out
}

// hunkRange reads -3,2 or +7: where, and how many lines.
func hunkRange(s string) (start, n int) {
	a, b, counted := strings.Cut(s[1:], ",")
	start, _ = strconv.Atoi(a)
	n = 1
	if counted {
		n, _ = strconv.Atoi(b)
	}
	return start, n
}

// onlyNew leaves out the findings whose lines did not change since --new-from-rev,
// and neither did the registry row that they were held against.
func (s *session) onlyNew(findings []analyzer.Finding) ([]analyzer.Finding, error) {
	if s.adoption.rev == "" {
		return findings, nil
	}
	changed, err := s.changedSince(s.adoption.rev)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(findings, func(f analyzer.Finding) bool {
		if changed.of(s.paths.Abs(f.Pos.Filename)).touch(f.Pos.Line, max(f.Pos.Line, f.End.Line)) {
			return false
		}
		if f.Row.File == "" {
			return true
		}
		return !changed.of(s.paths.Abs(f.Row.File)).touch(f.Row.Line, s.rowEnd(f.Row))
	}), nil
}

// rowEnd is the last line of a registry row: that before the next row, or of the
// file. Rows that a format writes on one line end there.
func (s *session) rowEnd(row registry.Position) int {
	src, err := os.ReadFile(s.paths.Abs(row.File))
	if err != nil || s.settings.Registry == nil {
		return row.Line
	}
	end := bytes.Count(src, []byte("\n")) + 1
	for _, f := range s.settings.Registry.Flags() {
		if at := f.Source; at.File == row.File && at.Line >= row.Line && at != row {
			end = min(end, max(row.Line, at.Line-1))
		}
	}
	return end
}
