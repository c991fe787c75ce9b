/** The mark of Wasl: a speech bubble that closes into a ring. */
export const Mark = ({ size = 40 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="9" fill="#1b8354" />
    <path
      d="M24 15.6a8 8 0 0 1-11.6 7.1L7 24.2l1.6-5A8 8 0 1 1 24 15.6Z"
      fill="none"
      stroke="#fff"
      strokeWidth="2.2"
      strokeLinejoin="round"
    />
  </svg>
);
