package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// CSV writes the report as a table with a header, a row a flag, for spreadsheets:
// a text that one would take for a formula gets an apostrophe in front.
func (d Debt) CSV(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.Write([]string{
		"key", "standing", "kind", "state", "owner", "created", "due", "due reason", "days left",
		"evaluations", "tests", "findings", "issue", "description", "remove",
	}); err != nil {
		return err
	}
	for _, f := range d.Flags {
		row := f.row()
		left := ""
		if !f.Due.IsZero() {
			left = strconv.Itoa(f.Left)
		}
		if err := c.Write([]string{
			cell(f.Key), string(f.Standing), string(row.Kind), string(row.State), cell(row.Owner), row.Created.String(),
			f.Due.String(), string(f.Why), left, itoa(f.Evaluations()), itoa(f.Tests()), itoa(len(f.Findings)),
			cell(row.Issue), cell(row.Description), f.mend(),
		}); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// cell keeps a spreadsheet from running a text.
func cell(s string) string {
	if strings.IndexAny(s, "=+-@\t\r") == 0 {
		return "'" + s
	}
	return s
}
