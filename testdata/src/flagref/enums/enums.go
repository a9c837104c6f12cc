// Package enums has flags that are values of an enumeration.
package enums

import "fmt"

type Flag int

const (
	Search Flag = iota
	Cart
	Secret
)

func (f Flag) String() string {
	switch f {
	case Search:
		return "enum-search"
	case Cart:
		return "enum-cart"
	}
	return fmt.Sprintf("Flag(%d)", int(f))
}

type Store struct{ on map[Flag]bool }

func (s *Store) On(f Flag) bool      { return s.on[f] }
func (s *Store) Set(f Flag, on bool) { s.on[f] = on }
func (s *Store) OnFor(l Level) bool  { return l > 1 }
func (s *Store) Search() bool        { return s.On(Search) } // want `evaluation enum-search exact`
func (s *Store) Wrapped(f Flag) bool { return s.On(f) }
func (s *Store) ByNumber(n int) bool { return s.On(Flag(n)) }

// Level has a method that computes.
type Level uint8

func (l Level) String() string {
	text := ""
	for range l {
		text += "+"
	}
	return text
}
