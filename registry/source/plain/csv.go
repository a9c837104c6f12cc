package plain

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// CSV returns the format of tables with a header, as spreadsheets and databases
// export them: commas, semicolons or tabs between the fields.
func CSV() registry.Format { return csvFormat{} }

type csvFormat struct{}

func (csvFormat) Name() string { return "csv" }

// columns are the names that a column may have, in lower case, by what it is. A
// column of another name is not read.
var columns = map[string]string{
	"key": "key", "flag_key": "key", "name": "name", "flag": "name", "feature": "name",
	"type": "type", "default": "default", "kind": "kind", "state": "state", "value": "value", "since": "since",
	"description": "description", "note": "description", "owner": "owner", "team": "owner",
	"created": "created", "created_at": "created", "createdat": "created",
	"updated": "updated", "updated_at": "updated", "modified": "updated", "updatedat": "updated",
	"expires": "expires", "expires_at": "expires", "expiry": "expires",
	"issue": "issue", "tags": "tags",
	"enabled": "enabled", "is_enabled": "enabled", "active": "enabled", "on": "enabled",
	"rollout_percentage": "percentage", "percentage": "percentage", "percent": "percentage", "rollout": "percentage",
	"environment": "environment", "env": "environment",
}

// Recognize knows files that are called so and have a column for the key.
func (csvFormat) Recognize(name string, data []byte) registry.Match {
	switch path.Ext(name) {
	case ".csv", ".tsv":
	default:
		return registry.NoMatch
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	for field := range strings.FieldsFuncSeq(string(line), func(r rune) bool { return strings.ContainsRune(",;\t\r", r) }) {
		if what := columns[columnName(field)]; what == "key" || what == "name" {
			return registry.MatchContent
		}
	}
	return registry.MatchName
}

func columnName(s string) string {
	s = strings.ToLower(strings.Trim(strings.TrimPrefix(s, "\xef\xbb\xbf"), "\" \t\r"))
	return strings.NewReplacer(" ", "_", "-", "_").Replace(s)
}

// separator is the one of , ; and tab that the header has most of.
func separator(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', 0
	for _, c := range ",;\t" {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// Parse reads the rows, one flag each; a flag may have one row an environment.
func (csvFormat) Parse(name string, data []byte) ([]*registry.Flag, error) {
	f := read.NewFile("csv", name, true)
	if text(f, data) == nil {
		return f.Flags()
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = separator(data)
	t := &table{file: f, index: map[string]int{}}
	header, err := r.Read()
	for err == nil {
		if len(t.index) == 0 {
			if !t.header(r, header) {
				return f.Flags()
			}
		} else {
			line, _ := r.FieldPos(0)
			t.row(r, line, header)
		}
		header, err = r.Read()
	}
	if pe, ok := errors.AsType[*csv.ParseError](err); ok {
		f.Errorf(pe.Line, max(pe.Column, 1), "is no valid CSV: %v", pe.Err)
	} else if err != io.EOF {
		f.Errorf(1, 1, "is no valid CSV")
	}
	return f.Flags()
}

// maxEnvironments bounds the rows of one flag.
const maxEnvironments = 1000

type table struct {
	file  *read.File
	index map[string]int // what a column is, to its number
}

func (t *table) header(r *csv.Reader, names []string) bool {
	for i, name := range names {
		what := columns[columnName(name)]
		if what == "" {
			continue
		}
		if _, dup := t.index[what]; dup {
			line, column := r.FieldPos(i)
			t.file.Errorf(line, column, "a second column gives the %s of flags (rename one)", what)
			return false
		}
		t.index[what] = i
	}
	if name, ok := t.index["name"]; ok {
		if _, keyed := t.index["key"]; !keyed {
			t.index["key"] = name
		}
	}
	if _, ok := t.index["key"]; !ok {
		t.file.Errorf(1, 1, "has no column for the key of flags (name one key)")
		return false
	}
	return true
}

func (t *table) row(r *csv.Reader, line int, fields []string) {
	cell := func(what string) string {
		if i, ok := t.index[what]; ok {
			return strings.TrimSpace(fields[i])
		}
		return ""
	}
	pos := func(what string) (int, int) { return r.FieldPos(t.index[what]) }
	env := cell("environment")
	row := t.file.Lookup(cell("key"))
	if row != nil && len(row.Serves) >= maxEnvironments {
		t.file.Errorf(line, 1, "a flag has more than %d environments", maxEnvironments)
		return
	}
	if row == nil || env == "" || slices.ContainsFunc(row.Serves, func(s registry.Serving) bool { return s.Environment == env }) {
		l, c := pos("key")
		row = t.file.Row(l, c, cell("key"))
		t.fields(r, row, cell)
	}
	on := cell("enabled")
	if on == "" || row.State != "" {
		return
	}
	l, c := pos("enabled")
	enabled, ok := word(on)
	if !ok {
		t.file.Errorf(l, c, "enabled must be true or false")
		return
	}
	row.SetType(read.Node{}, registry.TypeBool)
	s := registry.Serving{Environment: env, Pos: registry.Position{File: t.file.Name, Line: line, Column: c}}
	percent := 100.0
	if p := strings.TrimSuffix(cell("percentage"), "%"); p != "" && !strings.EqualFold(p, "null") {
		var err error
		if percent, err = strconv.ParseFloat(p, 64); err != nil {
			l, c := pos("percentage")
			t.file.Errorf(l, c, "percentage is no number")
		}
	}
	switch {
	case !enabled || percent == 0:
		s.Only = new(registry.Bool(false))
	case percent == 100:
		s.Only = new(registry.Bool(true))
	}
	if updated := cell("updated"); updated != "" {
		l, c := pos("updated")
		d, ok := read.ParseDate(updated)
		if !ok {
			t.file.Errorf(l, c, "updated is no date (want YYYY-MM-DD)")
		}
		s.Since = d
	}
	row.Serves = append(row.Serves, s)
}

// fields sets what the row says as flags.yaml would.
func (t *table) fields(r *csv.Reader, row *read.Row, cell func(string) string) {
	if s := cell("type"); s != "" {
		l, c := r.FieldPos(t.index["type"])
		if s == "boolean" {
			s = "bool"
		}
		row.SetType(read.Node{}, enum(t.file, l, c, "type", s, registry.Types()))
	}
	if s := cell("state"); s != "" {
		l, c := r.FieldPos(t.index["state"])
		row.State = enum(t.file, l, c, "state", s, registry.States())
		row.Fields["state"] = registry.Position{File: t.file.Name, Line: l, Column: c}
	}
	for _, name := range []string{"owner", "description", "issue", "kind", "created", "since", "expires", "tags"} {
		if s := cell(name); s != "" {
			l, c := r.FieldPos(t.index[name])
			set(t.file, row, l, c, map[string]string{name: s})
		}
	}
	for name, into := range map[string]**registry.Value{"default": &row.Default, "value": &row.Value} {
		s := cell(name)
		if s == "" {
			continue
		}
		l, c := r.FieldPos(t.index[name])
		v, err := registry.ParseValue(row.Type, s)
		if err != nil {
			t.file.Errorf(l, c, "%s is no value of the flag's type (%s)", name, row.Type)
			continue
		}
		*into = &v
		row.Fields[name] = registry.Position{File: t.file.Name, Line: l, Column: c}
	}
}
