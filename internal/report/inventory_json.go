package report

import "io"

type jsonInventory struct {
	Version int             `json:"version"`
	Flags   []jsonFlag      `json:"flags"`
	Dynamic []jsonReference `json:"dynamic"`
}

type jsonFlag struct {
	Key        string          `json:"key"`
	Type       string          `json:"type"`
	State      string          `json:"state"`
	Kind       string          `json:"kind"`
	Owner      string          `json:"owner"`
	Created    string          `json:"created"`
	Expires    string          `json:"expires"`
	Registered bool            `json:"registered"`
	Registry   *jsonPlace      `json:"registry,omitempty"`
	References []jsonReference `json:"references"`
	History    []Change        `json:"history,omitempty"`
}

type jsonReference struct {
	Kind     string   `json:"kind"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Provider string   `json:"provider"`
	Function string   `json:"function"`
	Via      []string `json:"via"`
	Test     bool     `json:"test"`
}

// JSON writes the inventory as one JSON document.
func (inv Inventory) JSON(w io.Writer, paths Paths) error {
	out := jsonInventory{Version: version, Flags: []jsonFlag{}, Dynamic: []jsonReference{}}
	for _, f := range inv.Flags {
		row := f.row()
		flag := jsonFlag{
			Key: f.Key, Type: string(f.Type), State: string(row.State), Kind: string(row.Kind), Owner: row.Owner,
			Created: row.Created.String(), Expires: row.Expires.String(), Registered: f.Row != nil,
			References: []jsonReference{}, History: f.History,
		}
		if row.Source.File != "" {
			flag.Registry = &jsonPlace{File: paths.Show(row.Source.File), Line: row.Source.Line, Column: row.Source.Column}
		}
		for _, r := range f.References {
			flag.References = append(flag.References, newJSONReference(r, paths))
		}
		out.Flags = append(out.Flags, flag)
	}
	for _, r := range inv.Dynamic {
		out.Dynamic = append(out.Dynamic, newJSONReference(r, paths))
	}
	return writeJSON(w, out)
}

func newJSONReference(r Reference, paths Paths) jsonReference {
	out := jsonReference{
		Kind: string(r.Kind), File: paths.Show(r.Pos.Filename), Line: r.Pos.Line, Column: r.Pos.Column,
		Provider: r.Provider, Function: r.Function, Via: []string{}, Test: r.Test,
	}
	for _, v := range r.Via {
		out.Via = append(out.Via, position(paths.Show(v.Filename), v.Line, v.Column))
	}
	return out
}
