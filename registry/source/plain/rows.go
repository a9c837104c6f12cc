package plain

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

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

func columnName(s string) string {
	s = strings.ToLower(strings.Trim(strings.TrimPrefix(s, "\xef\xbb\xbf"), "\" \t\r"))
	return strings.NewReplacer(" ", "_", "-", "_").Replace(s)
}

// Column returns what a column of that name is, such as enabled for Is Enabled; empty
// where it is not read.
func Column(name string) string { return columns[columnName(name)] }

// Rows reads flags out of rows that stand in no file, such as those that a database
// returns: columns are their names, and each row has a field for each of them, as a
// CSV file would hold it. Errors name the row and the column by their numbers, from 1,
// or else the place that at gives them, both from 0.
func Rows(name string, columns []string, rows [][]string, at func(row, column int) (line, col int)) ([]*registry.Flag, error) {
	if at == nil {
		at = func(row, column int) (int, int) { return row + 1, column + 1 }
	}
	f, n := read.NewFile("csv", name, true), 0
	t := &table{file: f, index: map[string]int{}, place: func(column int) (int, int) { return at(n, column) }}
	if t.header(columns) {
		for n = range rows {
			if t.isText(rows[n]) {
				t.row(rows[n])
			}
		}
	}
	return f.Flags()
}

// maxEnvironments bounds the rows of one flag.
const maxEnvironments = 1000

// table reads flags out of rows, whose columns have names.
type table struct {
	file  *read.File
	index map[string]int // what a column is, to its number
	// place is where a field of the row stands that is being read, or of the header.
	place func(column int) (line, col int)
}

// header takes the names of the columns. It reports whether rows can be read.
func (t *table) header(names []string) bool {
	for i, name := range names {
		what := columns[columnName(name)]
		if what == "" {
			continue
		}
		if _, dup := t.index[what]; dup {
			line, column := t.place(i)
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
		line, column := t.place(0)
		t.file.Errorf(line, column, "has no column for the key of flags (name one key)")
		return false
	}
	return true
}

// isText tells fields that are none, as a file that holds them would be no text.
func (t *table) isText(fields []string) bool {
	whole := true
	for i, field := range fields {
		if !utf8.ValidString(field) || strings.ContainsRune(field, 0) {
			line, column := t.place(i)
			t.file.Errorf(line, column, "is no text")
			whole = false
		}
	}
	return whole
}

// row reads a row: a flag, or what one environment serves of it.
func (t *table) row(fields []string) {
	line, _ := t.place(0)
	cell := func(what string) string {
		if i, ok := t.index[what]; ok {
			return strings.TrimSpace(fields[i])
		}
		return ""
	}
	pos := func(what string) (int, int) { return t.place(t.index[what]) }
	env := cell("environment")
	row := t.file.Lookup(cell("key"))
	if row != nil && len(row.Serves) >= maxEnvironments {
		t.file.Errorf(line, 1, "a flag has more than %d environments", maxEnvironments)
		return
	}
	if row == nil || env == "" || slices.ContainsFunc(row.Serves, func(s registry.Serving) bool { return s.Environment == env }) {
		l, c := pos("key")
		row = t.file.Row(l, c, cell("key"))
		t.fields(row, cell)
	}
	if row.State != "" {
		return
	}
	percent, given, ok := t.percentage(cell)
	if !ok {
		return
	}
	enabled, what := true, "enabled"
	if _, has := t.index["enabled"]; has {
		on := cell("enabled")
		if on == "" {
			return
		}
		l, c := pos("enabled")
		if enabled, ok = word(on); !ok {
			t.file.Errorf(l, c, "enabled must be true or false")
			return
		}
	} else if what = "percentage"; !given {
		return
	}
	_, column := pos(what)
	s := registry.Serving{Environment: env, Pos: registry.Position{File: t.file.Name, Line: line, Column: column}}
	if row.Type == registry.TypeUnknown {
		row.SetType(read.Node{}, registry.TypeBool)
	}
	switch {
	case row.Type != registry.TypeBool: // that it is on does not tell what is served
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

// percentage reads how many get the flag, 100 where the row does not say. It reports
// whether the row says, and whether it can be read.
func (t *table) percentage(cell func(string) string) (percent float64, given, ok bool) {
	p := strings.TrimSpace(strings.TrimSuffix(cell("percentage"), "%"))
	if p == "" || strings.EqualFold(p, "null") {
		return 100, false, true
	}
	percent, err := strconv.ParseFloat(p, 64)
	if err != nil || !(percent >= 0 && percent <= 100) {
		line, column := t.place(t.index["percentage"])
		t.file.Errorf(line, column, "percentage is no number from 0 to 100")
		return 0, true, false
	}
	return percent, true, true
}

// fields sets what the row says as flags.yaml would.
func (t *table) fields(row *read.Row, cell func(string) string) {
	if s := cell("type"); s != "" {
		l, c := t.place(t.index["type"])
		if s == "boolean" {
			s = "bool"
		}
		row.SetType(read.Node{}, enum(t.file, l, c, "type", s, registry.Types()))
	}
	if s := cell("state"); s != "" {
		l, c := t.place(t.index["state"])
		row.State = enum(t.file, l, c, "state", s, registry.States())
		row.Fields["state"] = registry.Position{File: t.file.Name, Line: l, Column: c}
	}
	for _, name := range []string{"owner", "description", "issue", "kind", "created", "since", "expires", "tags"} {
		if s := cell(name); s != "" {
			l, c := t.place(t.index[name])
			set(t.file, row, l, c, map[string]string{name: s})
		}
	}
	for name, into := range map[string]**registry.Value{"default": &row.Default, "value": &row.Value} {
		s := cell(name)
		if s == "" {
			continue
		}
		l, c := t.place(t.index[name])
		v, err := registry.ParseValue(row.Type, s)
		if err != nil {
			t.file.Errorf(l, c, "%s is no value of the flag's type (%s)", name, row.Type)
			continue
		}
		*into = &v
		row.Fields[name] = registry.Position{File: t.file.Name, Line: l, Column: c}
	}
}
