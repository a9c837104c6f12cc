package redisstore

import (
	"encoding/json"
	"fmt"
	"strings"
)

// partly is the row of a flag that some get.
func partly() map[string]string { return map[string]string{"percentage": "50"} }

// percentageOf reads a number from 0 to 100, with or without its sign.
func percentageOf(at, value string) (map[string]string, error) {
	if value = strings.TrimSpace(value); value == "" {
		return nil, fmt.Errorf("%s: is empty (want a percentage)", at)
	}
	return map[string]string{"percentage": value}, nil
}

// The states of a switch of Gutter.
const (
	gutterDisabled  = 1
	gutterSelective = 2
	gutterGlobal    = 3
)

// gutterSwitch is a switch as Gutter's JSON encoding writes it. What it has of a
// switch stands in State, or beside it.
type gutterSwitch struct {
	State       json.Number
	Name        string `json:"_name"`
	PlainName   string `json:"name"`
	Description string
	Concent     *bool
	Inner       *gutterSwitch `json:"py/state"`
}

func parseGutter(value string) (gutterSwitch, bool) {
	var s gutterSwitch
	if err := json.Unmarshal([]byte(value), &s); err != nil {
		return s, false
	}
	if s.Inner != nil {
		s = *s.Inner
	}
	if s.Name == "" {
		s.Name = s.PlainName
	}
	return s, true
}

// gutterName is the name of a switch: it is stored under that, behind its namespace.
func gutterName(stored, value string) string {
	if s, ok := parseGutter(value); ok && s.Name != "" {
		return s.Name
	}
	return stored
}

// gutterOf reads a switch. One that asks the switch above it, by the colons of its
// name, is on for those that this one is on for.
func gutterOf(at, value string) (map[string]string, error) {
	s, ok := parseGutter(value)
	if !ok {
		return nil, fmt.Errorf("%s: is no JSON of a switch (a pickle cannot be read: let Gutter store with its JSON encoding)", at)
	}
	state, err := s.State.Int64()
	if err != nil {
		return nil, fmt.Errorf("%s: has no state of a switch (want 1, 2 or 3)", at)
	}
	row := map[string]string{"enabled": "true"}
	asks := strings.Contains(s.Name, ":") && (s.Concent == nil || *s.Concent)
	switch {
	case state == gutterDisabled:
		row["enabled"] = "false"
	case state == gutterSelective, state == gutterGlobal && asks:
		row = partly()
	case state != gutterGlobal:
		return nil, fmt.Errorf("%s: has an unknown state (want 1, 2 or 3)", at)
	}
	row["description"] = s.Description
	return row, nil
}

// rampOf reads a feature of Feature Ramp: users on a list get it, or do not, whatever
// the percentage.
func rampOf(at, value string) (map[string]string, error) {
	var f struct {
		Percentage           json.Number
		Whitelist, Blacklist []any
	}
	err := json.Unmarshal([]byte(value), &f)
	percent, numErr := f.Percentage.Float64()
	switch {
	case err != nil || numErr != nil:
		return nil, fmt.Errorf("%s: is no feature of Feature Ramp (want a JSON object with a percentage)", at)
	case percent == 0 && len(f.Whitelist) > 0, percent == 100 && len(f.Blacklist) > 0:
		return partly(), nil
	}
	return map[string]string{"percentage": f.Percentage.String()}, nil
}
