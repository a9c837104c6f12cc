// Package plain reads flags out of files that any program could have: .env files,
// INI and Java properties (Togglz and Flask-FeatureFlags among them), tables of
// configuration files, and CSV.
package plain

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// text checks the bytes of a file of lines, and cuts them. It returns nil where
// they are no text, or too many.
func text(f *read.File, data []byte) []string {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(data) > yamltree.MaxSize:
		f.Errorf(0, 0, "is too large (want at most %d MiB; split it)", yamltree.MaxSize>>20)
	case len(bytes.TrimSpace(data)) == 0:
		f.Errorf(0, 0, "is empty")
	case bytes.IndexByte(data, 0) >= 0:
		f.Errorf(0, 0, "is binary")
	case !utf8.Valid(data):
		f.Errorf(0, 0, "is not valid UTF-8 (save the file as UTF-8)")
	default:
		s := strings.ReplaceAll(string(data), "\r\n", "\n")
		return strings.Split(strings.ReplaceAll(s, "\r", "\n"), "\n")
	}
	return nil
}

// word reads a text as a bool, if it is one of the words for one.
func word(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "1", "true", "on", "yes", "t", "y", "enabled":
		return true, true
	case "0", "false", "off", "no", "f", "n", "disabled":
		return false, true
	}
	return false, false
}

// notes reads what a comment says of a flag, as in `# flag: owner=pay
// expires=2026-12-01`, at a column of a line. It reports whether the comment
// speaks of a flag at all.
type notes struct {
	line   int
	column int
	fields map[string]string
}

// comment returns what a comment, without its mark, says of the flag below it.
func comment(f *read.File, line, column int, s string) *notes {
	rest, ok := strings.CutPrefix(strings.TrimSpace(s), "flag:")
	if !ok {
		return nil
	}
	n := &notes{line, column, map[string]string{}}
	for item := range splitFields(rest) {
		name, value, ok := strings.Cut(item, "=")
		if !ok {
			f.Errorf(line, column, "the comment about the flag is no list of NAME=VALUE (quote a VALUE that has spaces)")
			return n
		}
		switch name {
		case "owner", "description", "issue", "kind", "created", "expires", "tags":
			n.fields[name] = strings.Trim(value, `"`)
		default:
			f.Errorf(line, column, "the comment about the flag has an unknown name (want owner, description, issue, kind, created, expires or tags)")
		}
	}
	return n
}

// splitFields yields what spaces part, those inside double quotes left together.
func splitFields(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		quoted, start := false, -1
		for i, c := range s {
			switch {
			case c == '"':
				quoted = !quoted
			case c == ' ' || c == '\t':
				if !quoted && start >= 0 {
					if !yield(s[start:i]) {
						return
					}
					start = -1
					continue
				}
			}
			if start < 0 && c != ' ' && c != '\t' {
				start = i
			}
		}
		if start >= 0 {
			yield(s[start:])
		}
	}
}

// apply puts what the comment says on the flag.
func (n *notes) apply(f *read.File, row *read.Row) {
	if n == nil {
		return
	}
	set(f, row, n.line, n.column, n.fields)
}

// set sets fields of a flag from texts that stand at one place.
func set(f *read.File, row *read.Row, line, column int, fields map[string]string) {
	at := func(name string) {
		row.Fields[name] = registry.Position{File: f.Name, Line: line, Column: column}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		value := strings.TrimSpace(fields[name])
		if value == "" {
			continue
		}
		at(name)
		switch name {
		case "owner":
			row.Owner = value
		case "description":
			row.Description = value
		case "issue":
			row.Issue = value
		case "tags":
			if strings.ContainsAny(value[:1], "{[") { // an array of a database, a list of JSON
				f.Errorf(line, column, "tags are no words (want words, with commas between them)")
				continue
			}
			for tag := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
				row.Tag(tag)
			}
		case "kind":
			row.Kind = enum(f, line, column, name, value, registry.Kinds())
		case "created", "since":
			d, ok := read.ParseDate(value)
			if !ok {
				f.Errorf(line, column, "%s is no date (want YYYY-MM-DD)", name)
			}
			if name == "created" {
				row.Created = d
			} else {
				row.Since = d
			}
		case "expires":
			if e, ok := read.ParseExpiry(value); ok {
				row.Expires = e
			} else {
				f.Errorf(line, column, "expires is neither a date nor a version (want YYYY-MM-DD or vMAJOR.MINOR.PATCH)")
			}
		}
	}
}

func enum[T ~string](f *read.File, line, column int, name, value string, known []T) T {
	for _, k := range known {
		if string(k) == value {
			return k
		}
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	f.Errorf(line, column, "%s is unknown (want %s)", name, strings.Join(names, ", "))
	return ""
}

// serve notes that everyone gets the value.
func serve(f *read.File, row *read.Row, line, column int, v registry.Value) {
	row.Serves = append(row.Serves, registry.Serving{Only: &v, Pos: registry.Position{File: f.Name, Line: line, Column: column}})
}
