"""How tasks look: cards that read like a list, wide enough for a thumb on a telephone."""

from __future__ import annotations

import streamlit as st

STYLE = """<style>
.stApp .st-key-board button, .stApp .st-key-people button, .stApp [class*="st-key-due_"] button {
  height: auto; min-height: 3.4rem; padding: 0.5rem 0.7rem; }
.stApp .st-key-board button div, .stApp .st-key-people button div, .stApp [class*="st-key-due_"] button div {
  width: 100%; justify-content: flex-start; }
.stApp .st-key-board button *, .stApp .st-key-people button *, .stApp [class*="st-key-due_"] button * {
  text-align: left; white-space: normal; font-size: 0.84rem; line-height: 1.45;
  /* A Chinese date or name is not torn apart where there is room in the next line. */
  word-break: keep-all; overflow-wrap: anywhere; }
/* The chosen one is framed: on a filled button neither red nor grey is read. */
.stApp .st-key-board button[kind="primary"], .stApp .st-key-people button[kind="primary"],
.stApp [class*="st-key-due_"] button[kind="primary"] {
  background: color-mix(in srgb, #0072B2 12%, transparent) !important; color: inherit;
  border: 2px solid #0072B2 !important; }
.stApp .st-key-board [data-testid="stVerticalBlock"] { gap: 0.5rem; }
.stApp [data-testid="stMain"] h2 { padding-bottom: 0.45rem; }
.stApp [class*="st-key-person_"] > div, .stApp [class*="st-key-due_"] > div {
  flex: 1 1 250px; max-width: 340px; }
.stApp .st-key-task_calendar [data-testid="stVerticalBlock"], .stApp .st-key-task_calendar { gap: 0.3rem; }
.stApp .st-key-task_calendar [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; }
.stApp .st-key-task_calendar [data-testid="stColumn"] { min-width: 0; flex: 1 1 0; }
.stApp .st-key-task_calendar button {
  min-height: 4.6rem; align-items: flex-start; justify-content: flex-start; padding: 0.25rem 0.4rem; }
.stApp .st-key-task_calendar button div { width: 100%; overflow: hidden; justify-content: flex-start; }
.stApp .st-key-task_calendar button * { text-align: left; font-size: 0.74rem; line-height: 1.4; }
.stApp .st-key-task_calendar button p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.stApp .st-key-task_card { padding: 0.9rem 1rem; }
@media (max-width: 640px) {
  .stApp .st-key-task_bar > div { flex: 1 1 46%; width: auto; max-width: 100%; }
  .stApp .st-key-task_bar > div:first-child { flex-basis: 100%; }
  /* Who and what are asked for on the road; the rest at the desk. */
  .stApp .st-key-task_bar > div:has(.st-key-pick_where, .st-key-pick_why),
  .stApp .st-key-pick_where, .stApp .st-key-pick_why { display: none; }
  .stApp .st-key-tasks_and_card > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"],
  .stApp .st-key-tasks_and_card > [data-testid="stHorizontalBlock"] { flex-direction: column-reverse; }
  .stApp .st-key-board button, .stApp .st-key-people button { min-height: 4.2rem; }
  .stApp .st-key-board button *, .stApp .st-key-people button * { font-size: 0.95rem; }
  .stApp [class*="st-key-person_"] > div, .stApp [class*="st-key-due_"] > div { max-width: 100%; }
  .stApp .st-key-task_moves button { min-height: 3rem; width: 100%; }
  .stApp .st-key-task_moves > div { flex: 1 1 46%; width: auto; }
  .stApp .st-key-task_calendar button { min-height: 3rem; padding: 0.2rem; }
}
</style>"""


def style() -> None:
    """Put the style on the page."""
    st.html(STYLE)
