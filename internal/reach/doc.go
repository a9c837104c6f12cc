// Package reach finds out which packages a removal has to look into, so that it need
// not type and search the whole program.
//
// # How data flows through
//
// What was found and remembered of the whole program (recall) says which packages
// reference the flags: they are the first part. They are typed with the bodies of
// functions, what they import by its declarations alone (load.Narrower), and the
// removal is worked out from that. Its plan says what it takes for granted of code that
// it does not see (removal.Plan.Claims), and of which declared packages it wanted to know more
// (Plan.Wanted). The packages that could contradict a claim, and those that were wanted,
// join the part, and the plan is made again, until no package is left that could make a
// difference.
//
// # Why nothing is missed
//
// Code that does not name a thing has nothing to do with it, with two exceptions: values
// of a type can be handed on without a name, and a change of the type shows wherever
// they are. Claims of methods and fields say so (Claim.Values), and all packages that
// import the type's, directly or not, join. Names are looked for as words in the
// files' texts, comments and strings included: a word too many makes a package join that
// need not.
//
// A package joins with its tests and all of its variants, under every build configuration.
package reach
