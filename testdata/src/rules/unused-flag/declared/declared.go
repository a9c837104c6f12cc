package shop

import "example.com/gates"

var (
	asked        = gates.Register("asked")
	onlyDeclared = gates.Register("only-declared")
)

func pages() int {
	if asked.On() {
		return 1
	}
	return 3
}
