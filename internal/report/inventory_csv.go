package report

import (
	"encoding/csv"
	"io"
	"strconv"
)

// CSV writes the inventory with a header, a row a reference; a flag that is
// registered and not referenced has one row without a place. Dynamic references
// come last, without a key.
func (inv Inventory) CSV(w io.Writer, paths Paths) error {
	c := csv.NewWriter(w)
	if err := c.Write([]string{
		"key", "type", "state", "kind", "owner", "created", "expires", "registered",
		"reference", "file", "line", "column", "provider", "function", "test",
	}); err != nil {
		return err
	}
	for _, f := range inv.Flags {
		row := f.row()
		head := []string{
			f.Key, string(f.Type), string(row.State), string(row.Kind), row.Owner,
			row.Created.String(), row.Expires.String(), strconv.FormatBool(f.Row != nil),
		}
		if len(f.References) == 0 {
			if err := c.Write(append(head, "", "", "", "", "", "", "")); err != nil {
				return err
			}
		}
		for _, r := range f.References {
			if err := c.Write(append(head[:len(head):len(head)], csvPlace(r, paths)...)); err != nil {
				return err
			}
		}
	}
	for _, r := range inv.Dynamic {
		if err := c.Write(append([]string{"", "", "", "", "", "", "", ""}, csvPlace(r, paths)...)); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func csvPlace(r Reference, paths Paths) []string {
	return []string{
		string(r.Kind), paths.Show(r.Pos.Filename), itoa(r.Pos.Line), itoa(r.Pos.Column),
		r.Provider, r.Function, strconv.FormatBool(r.Test),
	}
}
