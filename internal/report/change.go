package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Change is a line of a flag's history: what a source said of it, and when that was
// seen.
type Change struct {
	Time   time.Time `json:"time"`
	Source string    `json:"source"`
	// What is added, removed or changed.
	What string `json:"what"`
	// Field is the field that changed, serves.ENVIRONMENT for what is served; empty where
	// the whole flag came or went. From and To are its values, nil for none.
	Field string          `json:"field,omitempty"`
	From  json.RawMessage `json:"from,omitempty"`
	To    json.RawMessage `json:"to,omitempty"`
}

// String says what changed, for people: owner is "b", was "a".
func (c Change) String() string {
	if c.Field == "" {
		return c.What
	}
	env, serves := strings.CutPrefix(c.Field, "serves.")
	if !serves {
		return fmt.Sprintf("%s is %s, was %s", c.Field, given(c.To), given(c.From))
	}
	if env != "" {
		env += " "
	}
	return fmt.Sprintf("%sserves %s, was %s", env, servings(c.To), servings(c.From))
}

func given(v json.RawMessage) string {
	if len(v) == 0 {
		return "not given"
	}
	return string(v)
}

// servings says what an environment serves: one serving, or a list of those that
// several sources tell.
func servings(v json.RawMessage) string {
	if len(v) == 0 {
		return "nothing that is told"
	}
	type serving struct {
		Only     json.RawMessage `json:"only"`
		Fallback bool            `json:"fallback"`
		Since    string          `json:"since"`
	}
	var list []serving
	if json.Unmarshal(v, &list) != nil {
		var one serving
		if json.Unmarshal(v, &one) != nil {
			return string(v)
		}
		list = []serving{one}
	}
	var out []string
	for _, s := range list {
		text := "different values"
		switch {
		case len(s.Only) > 0:
			text = string(s.Only)
		case s.Fallback:
			text = "what code falls back to"
		}
		if s.Since != "" {
			text += " since " + s.Since
		}
		out = append(out, text)
	}
	return strings.Join(out, " and ")
}
