package sync

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/plain"
)

// Stored is what a store of keys and values holds of a flag.
type Stored struct {
	Flag string
	// Field is what Value is of the flag, such as enabled or percentage; empty: all of
	// it.
	Field string
	Value string
}

const (
	// MaxStored bounds the entries of a store.
	MaxStored = 100_000
	// maxToldStored bounds the entries that errors are told of.
	maxToldStored = 20
	// SettingIgnore names the fields that decide nothing, with commas between them.
	SettingIgnore = "ignore"
)

// ReadStored reads what a store of keys and values holds. A value of all of a flag is
// read by whole, which returns the fields of a row of CSV by their names; rows are read
// as those of a CSV file. Errors name the source and
// the flag, and never the value.
func ReadStored(s Source, entries []Stored, whole func(at, value string) (map[string]string, error)) ([]*registry.Flag, error) {
	rows, order := map[string]map[string]string{}, []string{}
	var errs []error
	wrong := func(err error) {
		if errs = append(errs, err); len(errs) == maxToldStored+1 {
			errs[maxToldStored] = fmt.Errorf("%s: there is more of this kind", s.Name)
		}
	}
	for _, e := range entries {
		at := place(s, e.Flag)
		row := rows[e.Flag]
		switch {
		case strings.TrimSpace(e.Flag) != e.Flag: // a row would cut it
			wrong(fmt.Errorf("%s: the key of a flag has a space at an end", at))
			continue
		case row == nil:
			row = map[string]string{}
			rows[e.Flag], order = row, append(order, e.Flag)
		case e.Field == "": // under two keys, which are no halves of it
			wrong(fmt.Errorf("%s: the flag stands twice in the store (make a source for each of its namespaces, or remove one)", at))
			continue
		}
		fields := map[string]string{e.Field: e.Value}
		if e.Field == "" {
			var err error
			if fields, err = whole(at, e.Value); err != nil {
				wrong(err)
				continue
			}
		}
		for name, value := range fields {
			column, err := column(s, at, e.Flag, name, value)
			switch {
			case err != nil:
				wrong(err)
			case column == "":
			case row[column] != "" && row[column] != value:
				wrong(fmt.Errorf("%s: its %s stands twice (remove one)", at, column))
			default:
				row[column] = value
			}
		}
	}
	slices.Sort(order)
	var flags []*registry.Flag
	for _, key := range order {
		columns, fields := []string{"key"}, []string{key}
		for name, value := range rows[key] {
			columns, fields = append(columns, name), append(fields, value)
		}
		found, err := plain.Rows(place(s, key), columns, [][]string{fields}, func(int, int) (int, int) { return 0, 0 })
		if err != nil {
			wrong(err)
			continue
		}
		flags = append(flags, found...)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs[:min(len(errs), maxToldStored+1)]...)
	}
	r, err := registry.Options{Environment: s.Only(), Runtime: new(true)}.Registry(flags)
	if err != nil {
		return nil, err
	}
	return Join(s, r)
}

// place is what errors call a flag of a source.
func place(s Source, flag string) string {
	if quoted := strconv.Quote(flag); strings.Contains(quoted, `\`) {
		flag = quoted
	}
	return s.Name + "/" + flag
}

// column returns which column of a row a field is; none for one that says nothing, or
// that the source ignores. A field that is not read is refused: what it holds may
// decide who gets the flag.
func column(s Source, at, flag, field, value string) (string, error) {
	column := plain.Column(field)
	switch {
	case ignores(s, field):
		return "", nil
	case column == "key" || column == "name":
		if column == "key" && value != flag {
			return "", fmt.Errorf("%s: its %s is another one than the store has it under (add %s to ignore:, if the latter is right)", at, field, field)
		}
		return "", nil
	case column == "environment":
		return "", fmt.Errorf("%s: has the field %s (make a source for each environment, and name it there)", at, field)
	case column == "" && value == "":
		return "", nil
	case column == "":
		return "", fmt.Errorf("%s: has the field %q, which is none that is read (add it to ignore:, if it does not decide who gets the flag)", at, field)
	}
	return column, nil
}

// ignores reports whether the source says that a field decides nothing.
func ignores(s Source, field string) bool {
	for name := range strings.SplitSeq(s.Settings[SettingIgnore], ",") {
		if strings.TrimSpace(name) == field {
			return true
		}
	}
	return false
}

// ValueOf reads the value of a flag: a bool, a percentage with its sign, or a JSON
// object that has fields named as the columns of CSV.
func ValueOf(at, value string) (map[string]string, error) {
	value = strings.TrimSpace(value)
	switch _, err := strconv.ParseFloat(value, 64); {
	case strings.HasPrefix(value, "{"):
		return fieldsOf(at, value)
	case strings.HasSuffix(value, "%"):
		return map[string]string{"percentage": value}, nil
	case value == "":
		return nil, fmt.Errorf("%s: is empty (want true or false, a percentage, or a JSON object)", at)
	case value != "0" && value != "1" && err == nil:
		return nil, fmt.Errorf("%s: is a number (want true or false, a percentage such as 25%%, or a JSON object)", at)
	}
	var unquoted string // JSON of a text
	if json.Unmarshal([]byte(value), &unquoted) == nil {
		value = unquoted
	}
	return map[string]string{"enabled": cmp.Or(value, "?")}, nil
}

// fieldsOf reads the fields of a JSON object. What is null or empty says nothing.
func fieldsOf(at, value string) (map[string]string, error) {
	if !json.Valid([]byte(value)) {
		return nil, fmt.Errorf("%s: is no valid JSON", at)
	}
	root, err := yamltree.Parse(at, []byte(value))
	if err != nil {
		return nil, err
	}
	fields := map[string]string{}
	for _, e := range root.Entries {
		name := e.Key.Text
		if _, twice := fields[name]; twice {
			return nil, fmt.Errorf("%s: has the field %q twice", at, name)
		}
		switch e.Value.Kind {
		case yamltree.Null:
			fields[name] = ""
		case yamltree.List, yamltree.Map:
			text, err := encode(e.Value.Any())
			if err != nil {
				return nil, err
			}
			fields[name] = string(text)
			if len(e.Value.Items)+len(e.Value.Entries) == 0 {
				fields[name] = ""
			}
			if words, ok := wordsOf(e.Value); ok && plain.Column(name) == "tags" {
				fields[name] = words
			}
		default:
			fields[name] = e.Value.Text
		}
	}
	return fields, nil
}

// wordsOf joins a list of texts as CSV has tags.
func wordsOf(n *yamltree.Node) (string, bool) {
	var words []string
	for _, item := range n.Items {
		if item.Kind != yamltree.String {
			return "", false
		}
		words = append(words, item.Text)
	}
	return strings.Join(words, ","), n.Kind == yamltree.List
}
