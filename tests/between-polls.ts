// The pause between two polls of another process: short enough to catch each moment, and it leaves that process the CPU.

export const betweenPolls = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
