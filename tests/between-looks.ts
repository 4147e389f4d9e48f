// Between two looks at what goes on elsewhere: often enough to meet each moment, without taking the machine from it.

export const betweenLooks = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
