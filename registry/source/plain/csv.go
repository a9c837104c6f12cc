package plain

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// CSV returns the format of tables with a header, as spreadsheets and databases
// export them: commas, semicolons or tabs between the fields.
func CSV() registry.Format { return csvFormat{} }

type csvFormat struct{}

func (csvFormat) Name() string { return "csv" }

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
	t := &table{file: f, index: map[string]int{}, place: r.FieldPos}
	fields, err := r.Read()
	if err == nil {
		if !t.header(fields) {
			return f.Flags()
		}
		fields, err = r.Read()
	}
	for ; err == nil; fields, err = r.Read() {
		t.row(fields)
	}
	if pe, ok := errors.AsType[*csv.ParseError](err); ok {
		f.Errorf(pe.Line, max(pe.Column, 1), "is no valid CSV: %v", pe.Err)
	} else if err != io.EOF {
		f.Errorf(1, 1, "is no valid CSV")
	}
	return f.Flags()
}
