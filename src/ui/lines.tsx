/** Text with its line breaks. */
export const Lines = ({ text }: { text: string }) => (
  <>
    {text.split('\n').map((words, index) => (
      <>
        {index > 0 && <br />}
        {words}
      </>
    ))}
  </>
)
