package sqlstore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/registry"
)

// presetWaffle is the name of the preset for the tables of django-waffle.
const presetWaffle = "waffle"

// waffleTables are the tables of django-waffle, by the model of their rows.
var waffleTables = []struct{ model, table string }{
	{"waffle.flag", "waffle_flag"}, {"waffle.switch", "waffle_switch"}, {"waffle.sample", "waffle_sample"},
}

// waffleTargets are the groups and users that flags name.
const waffleTargets = "select flag_id from waffle_flag_groups union select flag_id from waffle_flag_users"

// waffleTypes are the columns that are no text.
var waffleTypes = map[string]func(text string) any{
	"everyone": boolean, "testing": boolean, "superusers": boolean, "staff": boolean, "authenticated": boolean, "rollout": boolean, "active": boolean,
}

// boolean reads what databases have for a bool; anything else stays, and is refused
// where it is read.
func boolean(text string) any {
	switch text {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	return text
}

// waffle reads the tables of django-waffle. It writes them as Django does, a row a
// line, so that the format reads what a database says as it reads a dump.
func waffle(ctx context.Context, q *querier, s sync.Source, o sync.Options) ([]*registry.Flag, error) {
	targets, err := q.ask(ctx, s.Name, waffleTargets)
	if err != nil {
		return nil, err
	}
	targeted := map[string]bool{}
	for _, row := range targets.rows {
		targeted[row[0].String] = true
	}
	var parts []*registry.Registry
	found := 0
	for _, t := range waffleTables {
		name := s.Name + "/" + t.table
		a, err := q.ask(ctx, name, "select * from "+t.table+" order by id")
		if err != nil {
			return nil, err
		}
		dump, err := a.dump(t.model, targeted)
		if err != nil {
			return nil, err
		}
		r, err := o.Formats.Load(name, dump, registry.Options{Format: "waffle", Environment: s.Only(), Runtime: new(true)})
		if err != nil {
			return nil, err
		}
		parts = append(parts, r)
		found += r.Len()
	}
	if found == 0 {
		return nil, errors.New("the tables of waffle have no row (correct the address; or the account may not see the rows)")
	}
	return sync.Join(s, parts...)
}

// dump writes rows as Django's dumpdata does, the n-th in line n. Flags that are
// targeted get a group.
func (a answer) dump(model string, targeted map[string]bool) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, row := range a.rows {
		fields := map[string]any{}
		for j, column := range a.columns {
			switch field := row[j]; {
			case column == "id":
				if model == "waffle.flag" && targeted[field.String] {
					fields["groups"] = []string{field.String}
				}
			case !field.Valid:
			case waffleTypes[column] != nil:
				fields[column] = waffleTypes[column](field.String)
			default:
				fields[column] = field.String
			}
		}
		text, err := json.Marshal(map[string]any{"model": model, "fields": fields})
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteString(",\n")
		}
		b.Write(text)
	}
	b.WriteByte(']')
	return b.Bytes(), nil
}
