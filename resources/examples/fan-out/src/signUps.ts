export interface SignUp {
  email: string;
  plan: "free" | "pro" | "team";
  /** Of companies in the EU; a team's bill needs one. */
  vatNumber?: string;
}
