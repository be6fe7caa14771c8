"""总览."""
import streamlit as st
st.write("x")
